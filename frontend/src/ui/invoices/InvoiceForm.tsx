import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { FactList } from "@/ui/FactList";
import { DecimalField } from "@/ui/filling/DecimalField";
import { formatDate, formatMoney } from "@/ui/format";
import { INVOICE_KINDS, type Invoice, isCorrection, isCounted, type Settlement } from "@/ui/invoices/words";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { type Edit, useEdit } from "@/ui/useEdit";
import { type Reading, useReading } from "@/ui/useReading";

const LABELS = {
  number: "Numer faktury",
  kind: "Rodzaj",
  seller_nip: "NIP sprzedawcy",
  seller_name: "Sprzedawca",
  buyer_nip: "NIP nabywcy",
  issued_on: "Data wystawienia",
  gross: "Kwota brutto",
  corrects: "Którą fakturę koryguje",
  shares: "Kwoty w pozycjach kosztorysu",
  file: "Plik faktury z KSeF",
};
const BEGIN = {
  number: "",
  kind: "VAT" as Invoice["kind"],
  seller_nip: "",
  seller_name: "",
  buyer_nip: "",
  issued_on: null as string | null,
  gross: "",
  corrects: "",
  shares: {} as Record<string, string>,
};
type Fields = typeof BEGIN;
type ReadInvoice = Schemas["ReadInvoiceOut"];
const KINDS = Object.entries(INVOICE_KINDS).map(([value, label]) => ({ value, label }));

interface InvoiceFormProps {
  kind: string;
  id: string;
  settlement: Settlement;
  onClose: () => void;
}

/** An invoice out of KSeF's file, or typed off; and which lines of the budget it pays for. */
export function InvoiceForm({ kind, id, settlement, onClose }: InvoiceFormProps) {
  const reading = useReading({ purpose: "invoices.invoice", endings: [".xml"] });
  const [isTyped, setTyped] = useState(false);
  const enter = api.useMutation("post", "/api/v1/invoices/about/{kind}/{id}/", {
    onSuccess: () => {
      reading.finish();
      onClose();
      notifyDone("Dodano fakturę. Czeka na urząd.");
    },
  });
  const read = api.useQuery(
    "get",
    "/api/v1/invoices/read/{id}/",
    { params: { path: { id: reading.file ?? "" } } },
    { enabled: reading.file !== undefined },
  );
  const form = useEdit<Fields>({ begin: BEGIN, labels: LABELS, saving: [enter] });
  const file = isTyped ? undefined : reading.file;
  const found = file ? read.data : undefined;
  const said = found?.kind ?? form.fields.kind;
  return (
    <EditForm
      form={form}
      refused="Nie dodano faktury"
      save={isTyped || found ? "Dodaj fakturę" : null}
      cancel={onClose}
      onSave={({ shares, corrects, gross, ...typed }) =>
        enter.mutate({
          params: { path: { kind, id } },
          body: {
            ...typed,
            gross: gross || null,
            file: file ?? null,
            corrects: corrects || null,
            shares: Object.entries(shares)
              .filter(([, amount]) => amount !== "")
              .map(([line, amount]) => ({ line, amount })),
          },
        })
      }
    >
      {isTyped ? (
        <Typed form={form} />
      ) : (
        <FromFile reading={reading} found={found} error={read.error} onTyped={() => setTyped(true)} />
      )}
      {(isTyped || found) && (
        <>
          {isCorrection(said) && <Corrects form={form} settlement={settlement} />}
          <Shares form={form} settlement={settlement} />
        </>
      )}
    </EditForm>
  );
}

interface FromFileProps {
  reading: Reading;
  found: ReadInvoice | undefined;
  error: unknown;
  onTyped: () => void;
}

function FromFile({ reading, found, error, onTyped }: FromFileProps) {
  return (
    <>
      <ReadingDrop
        label="Plik faktury z KSeF"
        description="Plik XML, który pobiera się z KSeF. Dane faktury odczytamy z niego."
        endings={[".xml"]}
        reading={reading}
        refused="Nie udało się odczytać faktury"
      />
      <ProblemAlert error={error} title="Nie udało się pokazać faktury" />
      {found ? (
        <FactList
          facts={[
            ["Numer faktury", found.number],
            ["Sprzedawca", `${found.seller_name} (NIP ${found.seller_nip})`],
            ["Nabywca", `${found.buyer_name} (NIP ${found.buyer_nip})`],
            ["Data wystawienia", formatDate(found.issued_on)],
            ["Kwota brutto", formatMoney(found.gross)],
          ]}
        />
      ) : (
        <Group>
          <Button variant="default" onClick={onTyped}>
            Nie mam pliku, wpiszę dane
          </Button>
        </Group>
      )}
    </>
  );
}

function Typed({ form }: { form: Edit<Fields> }) {
  const { onChange, ...kind } = form.choice("kind");
  return (
    <>
      <TextInput {...form.input("number")} maxLength={256} required data-autofocus />
      <ChoiceField
        {...kind}
        choices={KINDS}
        onChange={(told) => onChange((told ?? "VAT") as Invoice["kind"])}
        isRequired
      />
      <TextInput {...form.input("seller_nip")} maxLength={20} inputMode="numeric" required />
      <TextInput {...form.input("seller_name")} maxLength={512} required />
      <TextInput
        {...form.input("buyer_nip")}
        description="NIP z pola „Nabywca”: zwykle miasta albo jednostki."
        maxLength={20}
        inputMode="numeric"
        required
      />
      <DayField {...form.choice("issued_on")} isRequired />
      <DecimalField
        {...form.choice("gross")}
        type="money"
        help={isCorrection(form.fields.kind) ? "Różnica; z minusem, gdy korekta zmniejsza fakturę." : ""}
        options={{}}
        choices={[]}
        onChange={(told) => form.set({ gross: typeof told === "string" ? told : "" })}
        isRequired
      />
    </>
  );
}

function Corrects({ form, settlement }: { form: Edit<Fields>; settlement: Settlement }) {
  const { onChange, ...choice } = form.choice("corrects");
  const own = settlement.invoices.filter((one) => isCounted(one) && !isCorrection(one.kind));
  return (
    <ChoiceField
      {...choice}
      choices={own.map(({ id, number, gross }) => ({ value: id, label: `${number}, ${formatMoney(gross)}` }))}
      onChange={(told) => onChange(told ?? "")}
      isRequired
    />
  );
}

/** How much of the invoice falls to each line; what is left empty gets nothing. */
function Shares({ form, settlement }: { form: Edit<Fields>; settlement: Settlement }) {
  const { shares } = form.fields;
  return (
    <fieldset id="shares" style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" fw={600}>
        Ile z tej faktury przypada na pozycje kosztorysu
      </Text>
      <Text size="sm" c="dimmed">
        Wpisz tylko to, co opłacono z przyznanych środków. Pozycje, których faktura nie dotyczy, zostaw puste.
      </Text>
      <Stack gap="sm" mt="sm">
        {settlement.lines.map(({ key, name, left }) => (
          <DecimalField
            key={key}
            id={`shares.${key}`}
            type="money"
            label={name}
            help={
              Number(left) < 0
                ? `Pozycja jest już przekroczona o ${formatMoney(-Number(left))}.`
                : `W kosztorysie zostało ${formatMoney(left)}.`
            }
            options={{}}
            choices={[]}
            value={shares[key] ?? ""}
            onChange={(told) => form.set({ shares: { ...shares, [key]: typeof told === "string" ? told : "" } })}
            isRequired={false}
          />
        ))}
      </Stack>
    </fieldset>
  );
}
