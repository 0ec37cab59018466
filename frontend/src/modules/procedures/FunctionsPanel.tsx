import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { type Draft, functionName } from "./draft";
import { PROCEDURES, type ProcedureDetails } from "./nouns";
import { faultAt } from "./problems";

interface FunctionsPanelProps {
  draft: Draft;
  procedure: ProcedureDetails;
  onChange: (draft: Draft) => void;
}

/** The functions of the procedure: what they are called, and whether anybody plays them in the city. */
export function FunctionsPanel({ draft, procedure, onChange }: FunctionsPanelProps) {
  const used = new Set(draft.stages.flatMap((stage) => [stage.function, stage.deadline?.escalate_to]));
  const rename = (key: string, name: string) =>
    onChange({ ...draft, functions: draft.functions.map((one) => (one.key === key ? { ...one, name } : one)) });

  return (
    <Panel title="Funkcje">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          Funkcje dodajesz przy etapach. Kto je pełni, wskazuje się w{" "}
          <TextLink to="/accounts/functions">funkcjach i zastępstwach</TextLink>.
        </Text>
        {draft.functions.map(({ key, name }, index) => (
          <Group key={key} gap="xs" align="flex-end">
            <TextInput
              flex="1 1 14rem"
              label={`Nazwa funkcji „${key}”`}
              value={name}
              onChange={(event) => rename(key, event.currentTarget.value)}
              error={faultAt(procedure.problems, `functions/${index}`)}
            />
            <Group gap="xs" wrap="nowrap" pb={6}>
              <FunctionState procedure={procedure} functionKey={key} />
              <ActionIcon
                variant="subtle"
                aria-label={`Usuń funkcję: ${functionName(draft, key)}`}
                disabled={used.has(key)}
                onClick={() => onChange({ ...draft, functions: draft.functions.filter((one) => one.key !== key) })}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            </Group>
          </Group>
        ))}
        {draft.functions.length === 0 && <Text>Procedura nie ma jeszcze żadnej funkcji.</Text>}
        <Declare procedure={procedure} />
      </Stack>
    </Panel>
  );
}

function FunctionState({ procedure, functionKey }: { procedure: ProcedureDetails; functionKey: string }) {
  const found = procedure.functions.find(({ key }) => key === functionKey);
  if (!found) {
    return null;
  }
  if (found.is_played) {
    return <StatusBadge tone="success">ktoś ją pełni</StatusBadge>;
  }
  return <StatusBadge tone="warning">{found.is_known ? "nikt jej nie pełni" : "nie ma jej w mieście"}</StatusBadge>;
}

/** Adds the functions that the city lacks, so that people can be bound to them. */
function Declare({ procedure }: { procedure: ProcedureDetails }) {
  const { may } = useSession();
  const declare = api.useMutation("post", "/api/v1/procedures/procedures/{id}/functions/", {
    meta: { refreshes: [PROCEDURES, "/api/v1/accounts/functions/"] },
    onSuccess: ({ added }) => notifyDone(`Dodano do miasta: ${added.join(", ")}. Wskaż teraz, kto je pełni.`),
  });
  const missing = procedure.functions.filter(({ is_known }) => !is_known);
  if (missing.length === 0 || !may("accounts.manage_roles")) {
    return null;
  }
  return (
    <>
      <ProblemAlert error={declare.error} />
      <div>
        <Button
          variant="default"
          loading={declare.isPending}
          onClick={() => declare.mutate({ params: { path: { id: procedure.id } } })}
        >
          Dodaj do miasta brakujące: {missing.map(({ name }) => name).join(", ")}
        </Button>
      </div>
    </>
  );
}
