import { Alert, Radio, Stack, Text, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import classes from "./CaseNew.module.css";

const LABELS = { procedure: "Czego dotyczy sprawa", unit: "Jednostka", title: "Tytuł" };

/** Opens a case: which procedure, for whom. The form of the application comes next, on the page of the case. */
export function CaseNew() {
  const [params] = useSearchParams();
  const { units: own } = useSession();
  const navigate = useNavigate();
  const open = api.useMutation("post", "/api/v1/procedures/cases/", {
    onSuccess: async ({ id }) => {
      await navigate(`/procedures/cases/${id}`);
    },
  });
  const form = useEdit({
    begin: {
      procedure: params.get("procedure"),
      unit: own.length === 1 ? (own[0]?.id ?? null) : null,
      title: "",
    },
    labels: LABELS,
    saving: [open],
  });
  const { procedure, unit } = form.fields;
  const beginnings = api.useQuery("get", "/api/v1/procedures/procedures/beginnings/");
  const offered = beginnings.data?.filter(({ sentence }) => sentence === "") ?? [];
  const closed = beginnings.data?.filter(({ sentence }) => sentence !== "") ?? [];
  const start = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/start/",
    { params: { path: { id: procedure ?? "" }, query: unit ? { unit } : {} } },
    { enabled: procedure !== null, retry: false, placeholderData: keepPreviousData },
  );
  const needsUnit = start.data?.applicant !== "person" && start.data?.applicant !== "office";

  return (
    <>
      <PageHeader title="Nowa sprawa" back={{ to: "/procedures/cases", label: "Sprawy" }} />
      <EditForm
        form={form}
        refused="Nie założono sprawy"
        maw={READING}
        save="Załóż sprawę"
        isIncomplete={!procedure || start.data?.may === false}
        cancel="/procedures/cases"
        onSave={({ title }) =>
          procedure && open.mutate({ body: { procedure, unit: needsUnit ? unit : null, title: title.trim() } })
        }
      >
        <ProblemAlert error={beginnings.error} retry={() => void beginnings.refetch()} />
        <Panel title="Sprawa">
          <Stack>
            {offered.length > 0 && (
              <Radio.Group {...form.choice("procedure")} required>
                <div className={classes.cards}>
                  {offered.map((one) => (
                    <BeginningCard key={one.id} beginning={one} isChosen={one.id === procedure} />
                  ))}
                </div>
              </Radio.Group>
            )}
            {beginnings.data && offered.length === 0 && (
              <Text c="dimmed">Nie ma teraz procedury, według której można założyć sprawę.</Text>
            )}
            {closed.length > 0 && (
              <section aria-label="Teraz zamknięte">
                <Text size="sm" fw={600}>
                  Teraz zamknięte
                </Text>
                <ul className={classes.closed}>
                  {closed.map(({ id, name, sentence }) => (
                    <li key={id}>
                      {name}: {sentence}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {procedure && start.data?.sentence && (
              <Alert color={start.data.may ? undefined : "caution"} icon={<IconInfoCircle aria-hidden />}>
                <Text c="var(--mantine-color-text)">{start.data.sentence}</Text>
              </Alert>
            )}
            <ProblemAlert error={start.error} />
            {needsUnit && <UnitChoice own={own} {...form.choice("unit")} />}
            <TextInput {...form.input("title")} description="Pusty: nazwa procedury i jednostki." maxLength={300} />
          </Stack>
        </Panel>
      </EditForm>
    </>
  );
}

const WHOSE = { unit: "składa jednostka", person: "składa osoba", office: "zakłada urząd" } as const;

/** What can be begun: for what, who does, until when, how many. */
function BeginningCard({ beginning, isChosen }: { beginning: Schemas["BeginningOut"]; isChosen: boolean }) {
  const { id, name, description, applicant, closes_at: closes, limit } = beginning;
  const facts = [WHOSE[applicant], closes ? `do ${lastDay(closes)}` : "bez terminu", limit].filter(Boolean);
  return (
    <div className={classes.card} data-chosen={isChosen || undefined}>
      <Radio
        value={id}
        label={name}
        description={
          <>
            {description && <span className={classes.what}>{description}</span>}
            <span className={classes.facts}>{facts.join(" · ")}</span>
          </>
        }
      />
    </div>
  );
}

/** The last day, or moment, at which it is not too late yet. */
const lastDay = (closes: string): string => formatDateTime(new Date(new Date(closes).getTime() - 1_000).toISOString());

interface UnitChoiceProps {
  own: readonly { id: string; short_name: string }[];
  value: string | null;
  onChange: (unit: string | null) => void;
  error: string | undefined;
}

/** The own units of a person who has them; the whole directory for the office. */
function UnitChoice({ own, value, onChange, error }: UnitChoiceProps) {
  const { may } = useSession();
  const all = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
    enabled: own.length === 0 && may("directory.view_units"),
  });
  const units = own.length > 0 ? own : (all.data ?? []);
  return (
    <ChoiceField
      id="unit"
      label={LABELS.unit}
      choices={units.map(({ id, short_name }) => ({ value: id, label: short_name }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
