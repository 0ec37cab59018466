import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { DayField } from "@/ui/DayField";
import { DownloadButton } from "@/ui/DownloadButton";
import { EditForm } from "@/ui/EditForm";
import { counted, formatDate, formatMoney } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { APPLICATIONS, type Recommendation } from "./nouns";

type PaymentList = Recommendation["payment_lists"][number];

const LABELS = {
  account: "Pytanie z numerem rachunku",
  name: "Pytanie z nazwą osoby, której się płaci",
  title: "Tytuł przelewu",
  payer_name: "Kto płaci",
  payer_address: "Adres płacącego",
  payer_account: "Rachunek, z którego się płaci",
  paid_on: "Dzień wypłaty",
};

/** What was awarded, once, as a list for people and a file for the bank. */
export function PaymentsPanel({ shown }: { shown: Recommendation }) {
  return (
    <Panel title="Wypłaty">
      <Stack>
        {shown.payment_lists.map((one) => (
          <PaymentRow key={one.id} list={one} />
        ))}
        {shown.left_out.length > 0 && (
          <div>
            <Text fw={600}>Czego nie można teraz wypłacić</Text>
            {shown.left_out.map((one) => (
              <Text key={one}>{one}</Text>
            ))}
          </div>
        )}
        <PaymentsForm shown={shown} />
      </Stack>
    </Panel>
  );
}

function PaymentsForm({ shown }: { shown: Recommendation }) {
  const { data: call } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/", {
    params: { path: { id: shown.call.id } },
  });
  const pay = api.useMutation("post", "/api/v1/applications/recommendations/{id}/payments/", {
    meta: { refreshes: [APPLICATIONS, "/api/v1/budget/"] },
    onSuccess: () => notifyDone("Przygotowano listę wypłat."),
  });
  const form = useEdit({
    begin: {
      account: "",
      name: "",
      title: "{nabor}, zarządzenie {decyzja}",
      payer_name: "",
      payer_address: "",
      payer_account: "",
      paid_on: null as string | null,
    },
    labels: LABELS,
    lacking: ({ account, paid_on }) => ({
      ...(account ? {} : { account: "Wybierz pytanie z numerem rachunku." }),
      ...(paid_on ? {} : { paid_on: "Podaj dzień wypłaty." }),
    }),
    saving: [pay],
  });
  const questions = call.questions.map(({ key, label }) => ({ value: key, label }));
  const chosen = (name: "account" | "name") => {
    const { onChange, ...rest } = form.choice(name);
    return { ...rest, onChange: (told: string | null) => onChange(told ?? "") };
  };

  return (
    <EditForm
      form={form}
      refused="Nie przygotowano listy wypłat"
      maw={READING}
      save="Przygotuj listę wypłat"
      press={{ variant: "default" }}
      onSave={({ paid_on, ...given }) =>
        pay.mutate({ params: { path: { id: shown.id } }, body: { ...given, address: "", paid_on: paid_on ?? "" } })
      }
    >
      <Text>
        Na liście będzie wszystko, co przyznano, a czego nie ma na innej liście. Każdy numer rachunku jest sprawdzany.
      </Text>
      <ChoiceField {...chosen("account")} choices={questions} isRequired />
      <ChoiceField {...chosen("name")} description="Puste: nazwa jednostki." choices={questions} />
      <TextInput
        {...form.input("title")}
        description="{znak}, {nabor} i {decyzja} zamienimy na dane sprawy."
        maxLength={140}
        required
      />
      <TextInput {...form.input("payer_name")} maxLength={140} required />
      <TextInput {...form.input("payer_address")} maxLength={140} />
      <TextInput {...form.input("payer_account")} description="26 cyfr." maxLength={40} required />
      <DayField {...form.choice("paid_on")} isRequired />
    </EditForm>
  );
}

function PaymentRow({ list }: { list: PaymentList }) {
  const [isOpen, dialog] = useDisclosure(false);
  const name = `Lista nr ${list.number}`;
  const href = `${APPLICATIONS}payment-lists/${list.id}/download/`;
  return (
    <Group justify="space-between">
      <div>
        <Text fw={600}>
          {name}: {formatMoney(list.total)}
        </Text>
        <Text size="sm" c="dimmed">
          {counted(list.count, "wypłata", "wypłaty", "wypłat")}, {formatDate(list.paid_on)}
          {list.voided_at && `. Wycofana: ${list.void_reason}`}
        </Text>
      </div>
      {!list.voided_at && (
        <Group gap="xs">
          <DownloadButton size="sm" href={`${href}?form=xlsx`} aria-label={`Excel: ${name}`}>
            Excel
          </DownloadButton>
          <DownloadButton size="sm" href={`${href}?form=elixir`} aria-label={`Elixir-0: ${name}`}>
            Elixir-0
          </DownloadButton>
          <Button size="sm" variant="subtle" color="danger" onClick={dialog.open} aria-label={`Wycofaj: ${name}`}>
            Wycofaj
          </Button>
        </Group>
      )}
      <Modal opened={isOpen} onClose={dialog.close} title={`Wycofaj: ${name}`}>
        {isOpen && <VoidForm list={list} onClose={dialog.close} />}
      </Modal>
    </Group>
  );
}

function VoidForm({ list, onClose }: { list: PaymentList; onClose: () => void }) {
  const send = api.useMutation("post", "/api/v1/applications/payment-lists/{id}/void/", {
    onSuccess: () => {
      onClose();
      notifyDone("Wycofano listę wypłat.");
    },
  });
  const form = useEdit({ begin: { reason: "" }, labels: { reason: "Powód" }, saving: [send] });
  return (
    <EditForm
      form={form}
      refused="Nie wycofano listy"
      save="Wycofaj"
      cancel={onClose}
      onSave={({ reason }) => send.mutate({ params: { path: { id: list.id } }, body: { reason: reason.trim() } })}
    >
      <Textarea {...form.input("reason")} description="Wypłaty z tej listy znów będą czekać." required autosize />
    </EditForm>
  );
}
