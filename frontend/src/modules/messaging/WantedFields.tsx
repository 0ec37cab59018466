import { Input, NativeSelect, Stack, Switch } from "@mantine/core";
import { DateTimeField } from "@/ui/DateTimeField";
import { errorOf } from "@/ui/fieldErrors";
import { type Draft, type DraftFile, templateOf, usualDue, usualLock, type Wanted, wantsAnything } from "./draft";
import classes from "./WantedFields.module.css";
import { isWorkbook } from "./workbooks";

interface WantedFieldsProps {
  draft: Draft;
  onChange: (wanted: Wanted) => void;
  error: unknown;
}

/** What the author wants back, and until when; asking for anything puts in a usual date. */
export function WantedFields({ draft, onChange, error }: WantedFieldsProps) {
  const { wanted } = draft;
  const isAsking = wantsAnything(wanted);

  const want = (change: Partial<Wanted>) => {
    const next = { ...wanted, ...change };
    onChange(!isAsking && wantsAnything(next) && next.dueAt === null ? { ...next, dueAt: usualDue() } : next);
  };

  return (
    <Stack>
      <div className={classes.switches} id="answer_request" tabIndex={-1}>
        <Switch
          label="Wypełniony arkusz"
          description="Każdy odsyła Twój arkusz; potem scalisz wszystkie w jeden."
          checked={wanted.wantsWorkbook}
          onChange={(event) => want({ wantsWorkbook: event.currentTarget.checked })}
        />
        <Switch
          label="Pliki"
          description="Dowolne, na przykład skany."
          checked={wanted.wantsFiles}
          onChange={(event) => want({ wantsFiles: event.currentTarget.checked })}
        />
        <Switch
          label="Tekst"
          description="Kilka słów wpisanych w okienku."
          checked={wanted.wantsText}
          onChange={(event) => want({ wantsText: event.currentTarget.checked })}
        />
      </div>
      {errorOf(error, "answer_request") && !isAsking && <Input.Error>{errorOf(error, "answer_request")}</Input.Error>}
      {isAsking && (
        <>
          {wanted.wantsWorkbook && (
            <TemplateField
              files={draft.files}
              value={templateOf(draft)}
              onChange={(template) => want({ template })}
              error={errorOf(error, "answer_request.template")}
            />
          )}
          <DateTimeField
            id="answer_request.due_at"
            label="Termin odpowiedzi"
            description="Późniejsza odpowiedź zostanie przyjęta i oznaczona jako spóźniona."
            value={wanted.dueAt}
            onChange={(dueAt) => want({ dueAt })}
            error={errorOf(error, "answer_request.due_at")}
          />
          <Switch
            label="Zamknij przyjmowanie odpowiedzi po pewnym czasie"
            checked={wanted.locksAt !== null}
            onChange={(event) =>
              want({ locksAt: event.currentTarget.checked ? usualLock(wanted.dueAt ?? usualDue()) : null })
            }
          />
          {wanted.locksAt !== null && (
            <DateTimeField
              id="answer_request.locks_at"
              label="Zamknięcie"
              description="Od tej chwili nikt nie wyśle odpowiedzi ani jej nie poprawi."
              value={wanted.locksAt}
              onChange={(locksAt) => want({ locksAt })}
              error={errorOf(error, "answer_request.locks_at")}
            />
          )}
        </>
      )}
    </Stack>
  );
}

interface TemplateFieldProps {
  files: readonly DraftFile[];
  value: string | null;
  onChange: (file: string | null) => void;
  error: string | undefined;
}

function TemplateField({ files, value, onChange, error }: TemplateFieldProps) {
  const workbooks = files.filter(({ name }) => isWorkbook(name));
  return (
    <NativeSelect
      id="answer_request.template"
      label="Arkusz do wypełnienia"
      description={
        workbooks.length === 0
          ? "Dołącz go wyżej, wśród załączników (.xlsx, .xls, .ods albo .csv)."
          : "Według niego odpowiedzi zostaną scalone."
      }
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        ...(value === null
          ? [{ value: "", label: workbooks.length === 0 ? "brak arkusza" : "wybierz załącznik" }]
          : []),
        ...workbooks.map(({ file, name }) => ({ value: file, label: name })),
      ]}
      error={error}
    />
  );
}
