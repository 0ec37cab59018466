import { Button, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "react-router";
import { api, type Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";

type Account = Schemas["AccountDetailOut"];
type Kind = Schemas["RecoveryInRequest"]["kind"];

const NAMES: Record<Kind, string> = {
  password: "Wysłać odnośnik do ustawienia hasła",
  address: "Zmienić adres e-mail, z którym się loguje",
  factors: "Usunąć drugi składnik logowania",
};

/** What the one who looks may not do alone to this account. */
function kindsFor({ can, has_second_factor }: Account): Kind[] {
  return [
    ...(can.includes("change") ? [] : (["password"] as const)),
    "address",
    ...(has_second_factor === false ? [] : (["factors"] as const)),
  ];
}

/** Lets somebody with more rights than one's own back in, once a second person agrees. */
export function PersonRecovery({ account }: { account: Account }) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        Poproś drugą osobę o zgodę
      </Button>
      <Modal opened={isOpen} onClose={dialog.close} title={`Zgoda drugiej osoby: ${account.name}`} size="lg">
        {isOpen && <RecoveryForm account={account} close={dialog.close} />}
      </Modal>
    </>
  );
}

function RecoveryForm({ account, close }: { account: Account; close: () => void }) {
  const navigate = useNavigate();
  const propose = api.useMutation("post", "/api/v1/accounts/people/{id}/propose-recovery/", {
    onSuccess: async ({ id }) => {
      await navigate(`/accounts/motions/${id}`);
      notifyDone("Prośba czeka na zgodę drugiej osoby.");
    },
  });
  const kinds = kindsFor(account);
  const form = useEdit({
    begin: { kind: kinds[0] as Kind, address: "" },
    labels: { kind: "Co zrobić", address: "Nowy adres e-mail" },
    saving: [propose],
  });
  const { kind } = form.fields;
  return (
    <EditForm
      form={form}
      refused="Nie wysłano prośby"
      save="Wyślij prośbę"
      cancel={close}
      onSave={({ address }) =>
        propose.mutate({
          params: { path: { id: account.id } },
          body: { kind, ...(kind === "address" && { address: address.trim() }) },
        })
      }
    >
      <Text>
        {account.name} ma uprawnienia, których nie masz. Dlatego potwierdza to ktoś, kto zarządza rolami w całym
        mieście, a do tej chwili nic się nie zmieni. {account.name} dostanie o tym list.
      </Text>
      {kinds.length === 1 ? (
        <Text fw={600}>{NAMES[kind]}</Text>
      ) : (
        <Radio.Group
          label="Co zrobić?"
          value={kind}
          onChange={(chosen) => form.set({ kind: kinds.find((one) => one === chosen) ?? kind })}
        >
          <Stack gap="xs" mt={6}>
            {kinds.map((one) => (
              <Radio key={one} value={one} label={NAMES[one]} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {kind === "address" && <TextInput {...form.input("address")} type="email" autoComplete="off" required />}
    </EditForm>
  );
}
