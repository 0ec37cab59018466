import { Group, NativeSelect, Stack, Text } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { ListTabs } from "./ListTabs";

type Day = Schemas["DayOfYear"];

const MONTHS = [
  ["stycznia", 31],
  ["lutego", 28],
  ["marca", 31],
  ["kwietnia", 30],
  ["maja", 31],
  ["czerwca", 30],
  ["lipca", 31],
  ["sierpnia", 31],
  ["września", 30],
  ["października", 31],
  ["listopada", 30],
  ["grudnia", 31],
] as const;
const LABELS = { begins: "Rok szkolny zaczyna się", second_semester: "Drugi semestr zaczyna się" };

/** When the city's school years and semesters begin: no law says it for its own regulations. */
export function SchoolYearPage() {
  const { data } = api.useSuspenseQuery("get", "/api/v1/forms/school-year/");
  const change = api.useMutation("put", "/api/v1/forms/school-year/", {
    onSuccess: () => notifyDone("Zapisano rok szkolny."),
  });
  const form = useEdit({
    begin: { begins: data.begins, second_semester: data.second_semester },
    version: data.version,
    labels: LABELS,
    saving: [change],
  });
  const { begins, second_semester } = form.fields;

  return (
    <>
      <PageHeader
        title="Rok szkolny"
        description={`Według tego formularze liczą „miniony rok szkolny” i semestry. Dziś jest rok ${data.now}, semestr ${data.semester}.`}
      />
      <ListTabs current="school" />
      <EditForm
        form={form}
        refused="Nie zapisano roku szkolnego"
        maw={READING}
        save="Zapisz"
        onSave={(body, header) => change.mutate({ params: { header }, body })}
      >
        <Panel title="Kiedy się zaczyna">
          <Stack>
            <DayOfYearField
              id="begins"
              label={LABELS.begins}
              value={begins}
              onChange={(day) => form.set({ begins: day })}
              error={form.error}
            />
            <DayOfYearField
              id="second_semester"
              label={LABELS.second_semester}
              value={second_semester}
              onChange={(day) => form.set({ second_semester: day })}
              error={form.error}
            />
            <Text size="sm" c="dimmed">
              Szkice liczą się od razu po nowemu. Wnioski już złożone liczą się tak, jak w dniu złożenia.
            </Text>
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}

interface DayOfYearFieldProps {
  id: "begins" | "second_semester";
  label: string;
  value: Day;
  onChange: (day: Day) => void;
  error: unknown;
}

function DayOfYearField({ id, label, value, onChange, error }: DayOfYearFieldProps) {
  const days = MONTHS[value.month - 1]?.[1] ?? 31;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
    <div id={id} role="group" aria-label={label} tabIndex={-1}>
      <Text fw={500} size="sm">
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <NativeSelect
          aria-label={`${label}: dzień`}
          value={String(value.day)}
          onChange={(event) => onChange({ ...value, day: Number(event.currentTarget.value) })}
          data={Array.from({ length: days }, (_, at) => String(at + 1))}
          error={errorOf(error, id)}
        />
        <NativeSelect
          aria-label={`${label}: miesiąc`}
          value={String(value.month)}
          onChange={(event) => {
            const month = Number(event.currentTarget.value);
            onChange({ month, day: Math.min(value.day, MONTHS[month - 1]?.[1] ?? 31) });
          }}
          data={MONTHS.map(([name], at) => ({ value: String(at + 1), label: name }))}
        />
      </Group>
    </div>
  );
}
