import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { ProblemAlert } from "@/ui/ProblemAlert";

type Account = Schemas["AccountDetailOut"];

/** The end of an account, told in words before it happens; or its new beginning. */
export function AccountClosing({ account }: { account: Account }) {
  if (account.can.includes("close")) {
    return <Closing account={account} />;
  }
  return account.can.includes("reopen") ? <Reopening account={account} /> : null;
}

function Closing({ account }: { account: Account }) {
  const [successor, setSuccessor] = useState<ChosenPerson | null>(null);
  const [isAsked, question] = useDisclosure(false);
  const close = api.useMutation("post", "/api/v1/accounts/people/{id}/close/", {
    onSuccess: () => {
      question.close();
      notifyDone("Zamknięto konto.");
    },
  });
  return (
    <Panel title="Zamknięcie konta">
      <Stack>
        <Text>Gdy ta osoba odchodzi z pracy, zamknij jej konto. Wtedy od razu:</Text>
        <List spacing={4}>
          <List.Item>wyloguje się ze wszystkich urządzeń i nie zaloguje się ponownie,</List.Item>
          <List.Item>straci wszystkie role i funkcje, a wysłane do niej odnośniki przestaną działać,</List.Item>
          <List.Item>jej sprawy przejmie osoba wskazana poniżej, a bez niej zostaną tam, gdzie są,</List.Item>
          <List.Item>to, co zrobiła, pozostanie w sprawach i w dzienniku.</List.Item>
        </List>
        <PersonField
          id="successor"
          label="Kto przejmie sprawy"
          description="Można pominąć."
          value={successor}
          onChange={setSuccessor}
        />
        <Group>
          <Button color="danger" variant="outline" onClick={question.open}>
            Zamknij konto
          </Button>
        </Group>
      </Stack>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Zamknąć konto: ${account.name}?`}
        confirmLabel="Zamknij konto"
        isDangerous
        isWorking={close.isPending}
        error={close.error}
        onConfirm={() =>
          close.mutate({ params: { path: { id: account.id } }, body: { successor: successor?.id ?? null } })
        }
        onClose={question.close}
      >
        {successor ? `Sprawy przejmie ${successor.name}.` : "Nikt nie przejmie spraw tej osoby."} Sesje, role i funkcje
        skończą się od razu. Konto można potem otworzyć ponownie, ale bez ról i bez hasła.
      </ConfirmDialog>
    </Panel>
  );
}

function Reopening({ account }: { account: Account }) {
  const reopen = api.useMutation("post", "/api/v1/accounts/people/{id}/reopen/", {
    onSuccess: () => {
      notifyDone("Konto jest znów czynne. Nadaj role i wyślij zaproszenie.");
    },
  });
  return (
    <Panel title="Ponowne otwarcie konta">
      <Stack align="flex-start">
        <Text>Konto zacznie działać bez ról i bez hasła: potem nadaj role i wyślij zaproszenie.</Text>
        <ProblemAlert error={reopen.error} />
        <Button
          variant="default"
          loading={reopen.isPending}
          onClick={() => reopen.mutate({ params: { path: { id: account.id } } })}
        >
          Otwórz konto ponownie
        </Button>
      </Stack>
    </Panel>
  );
}
