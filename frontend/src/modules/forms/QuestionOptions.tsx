import { Checkbox, Group, NativeSelect, Stack, TagsInput, Textarea } from "@mantine/core";
import { api } from "@/api/client";
import { UNIT_FACTS } from "@/ui/filling/DirectoryAnswers";
import type { ColumnDocument, Options, QuestionDocument } from "@/ui/filling/definition";
import { PERSONAL_PARTS } from "@/ui/filling/PartsField";
import { ColumnsEditor } from "./ColumnsEditor";
import { keyed } from "./draft";
import type { FaultsInside } from "./faults";
import { NumberOption } from "./NumberOption";
import { SimpleOptions } from "./SimpleOptions";

const ONLY = { teacher: ["class", "parent"], pupil: ["post", "degree"] } as const;
const MEGABYTE = 1_000_000;

interface QuestionOptionsProps {
  question: QuestionDocument;
  onChange: (options: Options) => void;
  dictionaries: readonly { key: string; name: string }[];
  faults: FaultsInside;
  /** Keys inside the question that answers already carry. */
  isFixed: (inner: string) => boolean;
}

/** What the type of a question lets its author set. */
export function QuestionOptions({ question, onChange, dictionaries, faults, isFixed }: QuestionOptionsProps) {
  const { type, options = {} } = question;
  const set = (changes: Partial<Options>) =>
    onChange(Object.fromEntries(Object.entries({ ...options, ...changes }).filter(([, value]) => value !== undefined)));
  const whole = (value: string | undefined) => (value === undefined ? undefined : Number.parseInt(value, 10) || 0);
  const fault = (name: string) => faults.get(`options/${name}`);
  const simple = (
    <SimpleOptions
      type={type}
      options={options}
      onChange={onChange}
      dictionaries={dictionaries}
      faults={faults}
      faultsAt="options"
      isFixed={({ key }) => isFixed(key)}
    />
  );

  switch (type) {
    case "table":
      return (
        <Stack gap="sm">
          <ColumnsEditor
            options={options}
            onChange={onChange}
            withKey={(column: ColumnDocument, others) => keyed(column, others, isFixed(column.key))}
            dictionaries={dictionaries}
            faults={faults}
          />
          <Group grow align="flex-start">
            <NumberOption
              label="Najmniej wierszy"
              value={options.min_rows}
              onChange={(value) => set({ min_rows: whole(value) })}
              error={fault("min_rows")}
            />
            <NumberOption
              label="Najwięcej wierszy"
              value={options.max_rows}
              onChange={(value) => set({ max_rows: whole(value) })}
              error={fault("max_rows")}
            />
          </Group>
        </Stack>
      );
    case "unit":
      return <UnitOptions options={options} set={set} faults={faults} />;
    case "personal_data": {
      const of = options.of ?? "pupil";
      const offered = PERSONAL_PARTS.filter(({ name }) => !(ONLY[of] as readonly string[]).includes(name));
      return (
        <Stack gap="sm">
          <NativeSelect
            label="Czyje dane"
            value={of}
            onChange={(event) => {
              const next = event.currentTarget.value === "teacher" ? "teacher" : "pupil";
              const barred: readonly string[] = ONLY[next];
              set({ of: next, fields: options.fields?.filter((field) => !barred.includes(field)) });
            }}
            data={[
              { value: "pupil", label: "ucznia" },
              { value: "teacher", label: "nauczyciela" },
            ]}
            error={fault("of")}
          />
          <Checkbox.Group
            label="O jakie dane pytasz"
            description="Tylko te, które są potrzebne: każda zaznaczona jest obowiązkowa."
            value={[...(options.fields ?? [])]}
            onChange={(next) => set({ fields: offered.map(({ name }) => name).filter((name) => next.includes(name)) })}
            error={fault("fields")}
          >
            <Stack gap="xs" mt={6}>
              {offered.map(({ name, label }) => (
                <Checkbox key={name} value={name} label={label} />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      );
    }
    case "classification":
      return dictionaries.length > 0 ? (
        <NativeSelect
          label="Słownik klasyfikacji"
          value={options.dictionary ?? ""}
          onChange={(event) => set({ dictionary: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: "bez słownika: cyfry wpisuje wypełniający" },
            ...dictionaries.map(({ key, name }) => ({ value: key, label: name })),
          ]}
          error={fault("dictionary")}
        />
      ) : null;
    case "file":
      return (
        <Stack gap="sm">
          <TagsInput
            label="Rodzaje plików"
            description="Końcówki nazw bez kropki, np. pdf. Puste: każdy rodzaj."
            placeholder="pdf, docx, jpg"
            splitChars={[",", " ", ";"]}
            value={options.endings ?? []}
            onChange={(endings) =>
              set({ endings: endings.map((ending) => ending.toLowerCase().replace(/^[.*]+/, "")) })
            }
            error={fault("endings")}
            clearable
            clearButtonProps={{ "aria-label": "Wyczyść rodzaje plików" }}
          />
          <Group grow align="flex-start">
            <NumberOption
              label="Największy plik (MB)"
              value={options.max_size == null ? undefined : options.max_size / MEGABYTE}
              onChange={(value) =>
                set({ max_size: value === undefined ? undefined : Math.round(Number(value) * MEGABYTE) || 0 })
              }
              error={fault("max_size")}
            />
            <NumberOption
              label="Najwięcej plików"
              value={options.max_count}
              onChange={(value) => set({ max_count: whole(value) })}
              error={fault("max_count")}
            />
          </Group>
        </Stack>
      );
    case "statement":
      return (
        <Textarea
          label="Treść oświadczenia"
          description="Zapisuje się razem z odpowiedzią, tak jak ją pokazano."
          autosize
          minRows={2}
          value={options.wording ?? ""}
          onChange={(event) => set({ wording: event.currentTarget.value })}
          error={fault("wording")}
        />
      );
    case "short_text":
      return (
        <Stack gap="sm">
          {simple}
          <Checkbox
            label="Tą odpowiedzią nazywa się sprawa"
            description="Tak będzie się nazywać w listach i przypomnieniach, gdy wniosek zostanie złożony."
            checked={options.names ?? false}
            onChange={(event) => set({ names: event.currentTarget.checked || undefined })}
          />
        </Stack>
      );
    default:
      return simple;
  }
}

interface UnitOptionsProps {
  options: Options;
  set: (changes: Partial<Options>) => void;
  faults: FaultsInside;
}

function UnitOptions({ options, set, faults }: UnitOptionsProps) {
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  return (
    <Stack gap="sm">
      <Checkbox.Group
        label="Rodzaje jednostek do wyboru"
        description="Bez zaznaczenia: wszystkie."
        value={[...(options.kinds ?? [])]}
        onChange={(next) => set({ kinds: next.length > 0 ? next : undefined })}
        error={faults.get("options/kinds")}
      >
        <Stack gap="xs" mt={6}>
          {(kinds.data ?? []).map(({ code, name }) => (
            <Checkbox key={code} value={code} label={name} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group
        label="Co pokazać pod wybraną jednostką"
        value={[...(options.facts ?? [])]}
        onChange={(next) => set({ facts: Object.keys(UNIT_FACTS).filter((fact) => next.includes(fact)) })}
        error={faults.get("options/facts")}
      >
        <Stack gap="xs" mt={6}>
          {Object.entries(UNIT_FACTS).map(([fact, label]) => (
            <Checkbox key={fact} value={fact} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
    </Stack>
  );
}
