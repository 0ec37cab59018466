import { Alert, Badge, Button, Group, List, Radio, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { counted } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { READING } from "@/ui/widths";

type Group_ = Schemas["EffectGroupOut"];
type Choice = "stay" | "move" | "move_and_ask";

const KINDS: Readonly<Record<string, string>> = {
  added: "nowe",
  removed: "usunięte",
  moved: "przeniesione",
  type_changed: "inny rodzaj",
  rule_changed: "inna reguła",
  text_changed: "inna treść",
  required_changed: "inne wymaganie",
  choices_changed: "inne odpowiedzi",
};

const STATES: Readonly<Record<string, string>> = { draft: "niezłożone", submitted: "złożone" };

const CHOICES: readonly { value: Choice; label: string; description: string }[] = [
  { value: "stay", label: "Zostaw na dotychczasowej wersji", description: "Nic się dla nich nie zmienia." },
  {
    value: "move",
    label: "Przenieś na nową wersję",
    description:
      "Odpowiedzi przechodzą do nowych pytań. Te, dla których nie ma miejsca, zostają odłożone przy arkuszu.",
  },
  {
    value: "move_and_ask",
    label: "Przenieś i poproś o poprawę",
    description: "Jak wyżej, a osoby wypełniające dostaną prośbę o uzupełnienie.",
  },
];

const keyOf = ({ revision, state }: Group_) => `${revision}/${state}`;

/** Before publishing: what changes, and what becomes of the sheets that are being filled in. */
export function FormPublish() {
  const { id = "" } = useParams();
  const params = { path: { id } };
  const navigate = useNavigate();
  const { data: form } = api.useSuspenseQuery("get", "/api/v1/forms/forms/{id}/", { params });
  const { data: effects } = api.useSuspenseQuery(
    "get",
    "/api/v1/forms/forms/{id}/effects/",
    { params },
    { staleTime: 0, gcTime: 0 },
  );
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const [isAsked, setIsAsked] = useState(false);
  const isFirst = form.revisions.length === 0;
  const isFaulty = form.problems.length > 0;
  const isSame = !isFirst && effects.changes.length === 0;
  const choiceOf = (group: Group_): Choice => chosen[keyOf(group)] ?? "stay";
  const moving = effects.groups.filter((group) => choiceOf(group) !== "stay");
  const movingCount = moving.reduce((sum, { count }) => sum + count, 0);

  const publish = api.useMutation("post", "/api/v1/forms/forms/{id}/publish/", {
    meta: { isRereadFirst: true },
    onSuccess: async () => {
      setIsAsked(false);
      notifyDone(`Opublikowano formularz „${form.name}”.`);
      await navigate(`/forms/forms/${id}`);
    },
  });
  const send = () =>
    publish.mutate({
      params,
      body: {
        moves: effects.groups.map((group) => ({
          revision: group.revision,
          state: group.state,
          choice: choiceOf(group),
        })),
        draft_version: form.draft_version,
      },
    });

  return (
    <>
      <PageHeader
        title={`Publikacja: ${form.name}`}
        description="Opublikowanej wersji nie da się zmienić; można tylko opublikować następną."
        back={{ to: `/forms/forms/${id}`, label: "Układ formularza" }}
      />
      <Stack maw={READING}>
        {isFaulty && (
          <Alert color="danger" icon={<IconAlertTriangle aria-hidden />} title="Jeszcze nie można opublikować">
            <List>
              {form.problems.map((problem) => (
                <List.Item key={`${problem.path} ${problem.sentence}`}>
                  {problem.where ? `${problem.where}: ${problem.sentence}` : problem.sentence}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Panel title="Co się zmienia">
          {isFirst ? (
            <Text>To pierwsza wersja tego formularza.</Text>
          ) : isSame ? (
            <Text>Szkic nie różni się od opublikowanej wersji. Nie ma czego publikować.</Text>
          ) : (
            <ul style={{ margin: 0, paddingLeft: "1.2rem" }}>
              {effects.changes.map((change) => (
                <li key={`${change.kind} ${change.path} ${change.sentence}`}>
                  <Badge variant="default" mr={6} component="span">
                    {KINDS[change.kind] ?? change.kind}
                  </Badge>
                  {change.sentence}
                </li>
              ))}
            </ul>
          )}
        </Panel>
        {!isFirst && (
          <Panel title="Arkusze w toku">
            {effects.groups.length === 0 ? (
              <Text>Nikt teraz nie wypełnia tego formularza.</Text>
            ) : (
              <Stack gap="lg">
                {effects.groups.map((group) => (
                  <MoveChoice
                    key={keyOf(group)}
                    group={group}
                    value={choiceOf(group)}
                    onChange={(choice) => setChosen({ ...chosen, [keyOf(group)]: choice })}
                  />
                ))}
              </Stack>
            )}
          </Panel>
        )}
        <Group justify="flex-end">
          <ButtonLink to={`/forms/forms/${id}`} variant="default">
            Wróć do układu
          </ButtonLink>
          <Button disabled={isFaulty || isSame} onClick={() => setIsAsked(true)}>
            Publikuj
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Opublikować formularz „${form.name}”?`}
        confirmLabel="Publikuj"
        isWorking={publish.isPending}
        error={publish.error}
        onConfirm={send}
        onClose={() => {
          setIsAsked(false);
          publish.reset();
        }}
      >
        <Text>Od tej chwili nowe sprawy dostaną tę wersję.</Text>
        <Text mt="xs">
          {movingCount > 0
            ? `Na nową wersję przejdzie ${counted(movingCount, "arkusz", "arkusze", "arkuszy")}. Tego nie da się cofnąć.`
            : "Arkusze w toku zostają na swoich wersjach."}
        </Text>
      </ConfirmDialog>
    </>
  );
}

interface MoveChoiceProps {
  group: Group_;
  value: Choice;
  onChange: (choice: Choice) => void;
}

function MoveChoice({ group, value, onChange }: MoveChoiceProps) {
  const { revision, state, count, owners, losses, newly_required: required, newly_wrong: wrong, sentence } = group;
  const name = `${counted(count, "arkusz", "arkusze", "arkuszy")} na wersji ${revision}, ${STATES[state] ?? state}`;
  return (
    <Radio.Group
      label={name}
      value={value}
      onChange={(next) => {
        const choice = CHOICES.find((one) => one.value === next);
        if (choice) {
          onChange(choice.value);
        }
      }}
    >
      <Text size="sm" mt={2}>
        {sentence}
      </Text>
      {owners.length > 0 && (
        <Text size="sm" c="dimmed">
          {owners.join(", ")}
          {count > owners.length ? " i inne" : ""}
        </Text>
      )}
      {losses.length + required.length + wrong.length > 0 && (
        <List size="sm" mt={4}>
          {losses.map((loss) => (
            <List.Item key={`loss ${loss.path}`}>{loss.sentence}</List.Item>
          ))}
          {[...required, ...wrong].map((one) => (
            <List.Item key={`asked ${one.path} ${one.sentence}`}>{one.sentence}</List.Item>
          ))}
        </List>
      )}
      <Stack gap="xs" mt="xs">
        {CHOICES.map((choice) => (
          <Radio key={choice.value} {...choice} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
