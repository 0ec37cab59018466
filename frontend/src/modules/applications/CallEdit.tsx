import { Alert, Button, Checkbox, List, Stack, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconInfoCircle } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { Fold } from "@/ui/Fold";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { ApproverFields } from "./ApproverFields";
import { CommitteeFields } from "./CommitteeFields";
import { EligibleFields } from "./EligibleFields";
import { LimitFields } from "./LimitFields";
import type { Call } from "./nouns";
import { PublishDialog } from "./PublishDialog";
import { RoundFields } from "./RoundFields";
import { fieldsOf, rulesOf } from "./rules";

const LABELS = {
  title: "Tytuł naboru",
  year: "Rok budżetowy",
  description: "Opis dla składających",
  rounds: "Tury",
  audience: "Kto może składać",
  limits: "Limity",
  committees: "Komisje oceniające",
  approvers: "Kto zatwierdza podział środków",
};

/** One page for all the rules of a call: dates first, the rest folded; what is missing stands above. */
export function CallEdit() {
  const { id = "" } = useParams();
  const { data: call } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/", { params: { path: { id } } });
  const figures = api.useQuery("get", "/api/v1/applications/calls/{id}/figures/", { params: { path: { id } } });
  const [isPublishing, dialog] = useDisclosure(false);
  const change = api.useMutation("patch", "/api/v1/applications/calls/{id}/", {
    onSuccess: () => notifyDone("Zapisano zasady naboru."),
  });
  const form = useEdit({ begin: fieldsOf(call), version: call.version, labels: LABELS, saving: [change] });
  const { fields, set } = form;
  const mayPublish = call.can.includes("publish");
  const isSaved = Object.keys(form.changes).length === 0;

  return (
    <>
      <PageHeader
        title={call.title}
        description={call.state === "draft" ? "Zasady naboru, jeszcze nieogłoszone." : "Zasady ogłoszonego naboru."}
        back={{ to: `/applications/calls/${id}`, label: "Nabór" }}
      />
      <EditForm
        form={form}
        refused="Nie zapisano naboru"
        maw={READING}
        save={call.can.includes("change") ? "Zapisz" : null}
        cancel={`/applications/calls/${id}`}
        end={
          mayPublish && (
            <Button
              variant="default"
              onClick={dialog.open}
              disabled={!isSaved || call.missing.length > 0 || (call.state !== "draft" && call.changes.length === 0)}
            >
              {call.state === "draft" ? "Ogłoś nabór…" : "Ogłoś zmiany…"}
            </Button>
          )
        }
        onSave={(given, header) =>
          change.mutate({
            params: { path: { id }, header },
            body: { title: given.title.trim(), year: Number(given.year), rules: rulesOf(given) },
          })
        }
      >
        <Missing call={call} />
        <Panel title="Nabór">
          <Stack>
            <TextInput {...form.input("title")} maxLength={200} required />
            <TextInput
              {...form.input("year")}
              {...(call.state !== "draft" && {
                readOnly: true,
                description: "Ogłoszono go z pulami tego roku. Nabór na inny rok zrobisz kopią.",
              })}
              inputMode="numeric"
              maw="20rem"
              required
            />
            <Textarea
              {...form.input("description", "rules.description")}
              description="Co można dostać, na co i za co. Zobaczą to jednostki na karcie naboru."
              autosize
              minRows={3}
            />
          </Stack>
        </Panel>
        <Panel title="Terminy i środki">
          <RoundFields
            value={fields.rounds}
            year={fields.year}
            named={figures.data?.pots ?? []}
            onChange={(rounds) => set({ rounds })}
          />
        </Panel>
        <Fold title={LABELS.audience} note={audienceNote(fields.audience)} isOpen={call.missing.some(isOfAudience)}>
          <EligibleFields value={fields.audience} onChange={(audience) => set({ audience })} />
        </Fold>
        <Fold
          title={LABELS.limits}
          note={fields.limits.per_unit === null ? "bez limitu" : `${fields.limits.per_unit} na jednostkę`}
        >
          <LimitFields value={fields.limits} questions={call.questions} onChange={(limits) => set({ limits })} />
        </Fold>
        <Fold
          title={LABELS.committees}
          note={
            fields.committees.length === 0
              ? "bez komisji"
              : fields.committees
                  .map(({ name, members }) => `${name}: ${counted(members.length, "osoba", "osoby", "osób")}`)
                  .join(", ")
          }
          isOpen={call.missing.some(isOfCommittees)}
        >
          <CommitteeFields
            value={fields.committees}
            rounds={fields.rounds}
            functions={call.scoring}
            onChange={(committees) => set({ committees })}
          />
        </Fold>
        <Fold
          title={LABELS.approvers}
          note={fields.approvers.length > 0 ? counted(fields.approvers.length, "osoba", "osoby", "osób") : "nikt"}
        >
          <ApproverFields
            value={fields.approvers}
            functions={call.functions}
            onChange={(approvers) => set({ approvers })}
          />
        </Fold>
        <Checkbox
          label="Zaległe sprawozdanie wstrzymuje jednostce składanie wniosków w tym naborze"
          checked={fields.blocks_overdue}
          onChange={(event) => set({ blocks_overdue: event.currentTarget.checked })}
        />
      </EditForm>
      {mayPublish && <PublishDialog call={call} isOpen={isPublishing} onClose={dialog.close} />}
    </>
  );
}

const isOfCommittees = ({ field }: { field: string }) => field.startsWith("rules.committees");
const isOfAudience = ({ field }: { field: string }) => field === "rules.audience";

function audienceNote({
  all_units,
  kinds,
  groups,
  units,
  except_units,
}: ReturnType<typeof fieldsOf>["audience"]): string {
  const parts = [
    all_units && "wszystkie jednostki",
    kinds.length > 0 && counted(kinds.length, "rodzaj", "rodzaje", "rodzajów"),
    groups.length > 0 && counted(groups.length, "grupa", "grupy", "grup"),
    units.length > 0 && counted(units.length, "jednostka", "jednostki", "jednostek"),
    except_units.length > 0 && `oprócz ${except_units.length}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "nie wybrano";
}

/** What has to be filled in before the call can be published; or what publishing would change. */
function Missing({ call }: { call: Call }) {
  const sentences = call.missing.length > 0 ? call.missing.map(({ detail }) => detail) : call.changes;
  if (sentences.length === 0) {
    return null;
  }
  const isMissing = call.missing.length > 0;
  return (
    <Alert
      color={isMissing ? "caution" : "navy"}
      icon={<IconInfoCircle aria-hidden />}
      title={isMissing ? "Czego brakuje, żeby ogłosić nabór" : "Zapisane, ale jeszcze nieogłoszone"}
    >
      <List c="var(--mantine-color-text)">
        {sentences.map((one) => (
          <List.Item key={one}>{one}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
