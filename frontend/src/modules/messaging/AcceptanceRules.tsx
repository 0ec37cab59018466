import { Button, Group, NativeSelect, Stack, Switch, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { EditForm } from "@/ui/EditForm";
import { EmptyState } from "@/ui/EmptyState";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { UnreadChoices } from "@/ui/UnreadChoices";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { SendingRules } from "./SendingRules";

type Rule = Schemas["AcceptanceRuleOut"];
type RuleIn = Schemas["AcceptanceRuleInRequest"];

const AUDIENCES: Record<Rule["audience"] & string, string> = {
  any: "do kogokolwiek",
  all_units: "do wszystkich jednostek",
  kinds: "do rodzajów jednostek",
  groups: "do grup",
  units: "do wybranych jednostek",
  people: "do osób",
};
const CHAINS: Record<Rule["chain"], string> = {
  none: "bez akceptacji",
  head: "kierownik referatu",
  head_and_director: "kierownik referatu, potem dyrektor",
};
const WHOLE_CITY = "";
const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

/** Whose messages, to whom, need whose acceptance before they leave. */
export function AcceptanceRules() {
  const { data: rules } = api.useSuspenseQuery("get", "/api/v1/messaging/acceptance-rules/", {
    params: { query: { page_size: 500 } },
  });
  return (
    <>
      <PageHeader
        title="Zasady akceptacji"
        description="Zasada referatu jest ważniejsza niż zasada miasta, a zasada dla rodzaju adresatów ważniejsza niż ogólna. Gdy wiadomość idzie do kilku rodzajów adresatów, obowiązuje najostrzejsza."
      />
      <Stack maw={READING}>
        {rules.results.length === 0 && (
          <EmptyState title="Wiadomości wychodzą bez akceptacji">
            Dodaj pierwszą zasadę poniżej, na przykład: do wszystkich jednostek akceptuje kierownik referatu.
          </EmptyState>
        )}
        {rules.results.map((rule) => (
          <RuleRow key={rule.id} rule={rule} />
        ))}
        <NewRule />
        <SendingRules />
      </Stack>
    </>
  );
}

function RuleRow({ rule }: { rule: Rule }) {
  const remove = api.useMutation("delete", "/api/v1/messaging/acceptance-rules/{id}/", {
    onSuccess: () => notifyDone("Usunięto zasadę."),
  });
  const who = rule.section ? `Referat: ${rule.section.name}` : "Całe miasto";
  const whom = AUDIENCES[rule.audience ?? "any"];
  return (
    <Panel
      title={`${who}, ${whom}`}
      actions={
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          aria-label={`Usuń zasadę: ${who}, ${whom}`}
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { path: { id: rule.id } } })}
        >
          Usuń
        </Button>
      }
    >
      <ProblemAlert error={remove.error} />
      <Text>
        Akceptuje: {CHAINS[rule.chain]}
        {rule.chain !== "none" && (rule.allows_links ? ", także z listu e-mail." : ", tylko po zalogowaniu.")}
      </Text>
    </Panel>
  );
}

const LABELS = { section: "Czyje wiadomości", audience: "Do kogo", chain: "Kto akceptuje", holders: "Osoby" };
const FIRST = {
  section: null as string | null,
  audience: "any" as RuleIn["audience"],
  chain: "head" as RuleIn["chain"],
  allows_links: true,
  /** Code of a function -> who plays it from now on. */
  holders: {} as Record<string, ChosenPerson | null>,
};

function NewRule() {
  const sections = api.useQuery("get", "/api/v1/directory/sections/");
  const set = api.useMutation("post", "/api/v1/messaging/acceptance-rules/", {
    onSuccess: () => {
      form.reset();
      notifyDone("Zapisano zasadę.");
    },
  });
  const chains = api.useQuery("get", "/api/v1/messaging/acceptance-rules/chains/");
  const form = useEdit({ begin: FIRST, labels: LABELS, saving: [set] });
  const { chain, holders } = form.fields;
  const functions = chains.data?.find((one) => one.chain === chain)?.functions ?? [];
  const save = ({ holders: chosen, ...body }: typeof FIRST) =>
    set.mutate({
      body: {
        ...body,
        holders: functions.flatMap(({ code }) => {
          const person = chosen[code];
          return person ? [{ function: code, person: person.id }] : [];
        }),
      },
    });
  return (
    <Panel title="Nowa zasada">
      <EditForm form={form} refused="Nie zapisano zasady" save="Zapisz zasadę" onSave={save}>
        <Group grow preventGrowOverflow={false} wrap="wrap" align="flex-end">
          <NativeSelect
            {...form.input("section")}
            value={form.fields.section ?? WHOLE_CITY}
            data={[
              { value: WHOLE_CITY, label: "całe miasto" },
              ...(sections.data ?? []).map(({ id, name }) => ({ value: id, label: `referat: ${name}` })),
            ]}
            onChange={(event) => form.set({ section: event.currentTarget.value || null })}
          />
          <NativeSelect {...form.input("audience")} data={optionsOf(AUDIENCES)} />
          <NativeSelect {...form.input("chain")} data={optionsOf(CHAINS)} />
        </Group>
        <ProblemAlert error={chains.error} retry={() => void chains.refetch()} />
        {functions.map((one) => (
          <Accepting
            key={one.code}
            accepting={one}
            chosen={holders[one.code] ?? null}
            onChoose={(person) => form.set({ holders: { ...holders, [one.code]: person } })}
          />
        ))}
        <UnreadChoices label={LABELS.section} error={sections.error} retry={() => void sections.refetch()} />
        <Switch
          label="Można akceptować z listu e-mail, bez logowania (odnośnik jednorazowy)"
          {...form.check("allows_links")}
        />
      </EditForm>
    </Panel>
  );
}

interface AcceptingProps {
  accepting: Schemas["AcceptingFunctionOut"];
  chosen: ChosenPerson | null;
  onChoose: (person: ChosenPerson | null) => void;
}

/** Who plays a function that the rule asks; where nobody does, who shall. */
function Accepting({ accepting: { code, name, holders, is_played }, chosen, onChoose }: AcceptingProps) {
  const { may } = useSession();
  const told = holders.length > 0 ? holders.join(", ") : "nikt";
  return (
    <div>
      <Text>
        <strong>{name}</strong>{" "}
        <Text span c="dimmed">
          (funkcja o kodzie {code})
        </Text>
        : {told}
        {holders.length > 0 && !is_played && " – bez prawa „Prowadzenie spraw”, więc nie może akceptować"}
      </Text>
      {!is_played &&
        (may("accounts.manage_roles") ? (
          <PersonField label={`Kto pełni funkcję „${name}”`} value={chosen} onChange={onChoose} />
        ) : (
          <Text size="sm" c="dimmed">
            Poproś administratora, żeby wskazał, kto pełni tę funkcję („Funkcje i zastępstwa”).
          </Text>
        ))}
    </div>
  );
}
