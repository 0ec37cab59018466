import { Paper, SimpleGrid, TextInput } from "@mantine/core";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";

type UnitDetail = Schemas["UnitDetailsOut"];

const LABELS = {
  short_name: "Nazwa skrócona",
  name: "Pełna nazwa",
  street: "Ulica",
  building: "Numer budynku",
  flat: "Numer lokalu",
  postal_code: "Kod pocztowy",
  city: "Miejscowość",
  phone: "Telefon",
  email: "E-mail",
  website: "Strona internetowa",
  edoreczenia: "Adres do e-Doręczeń",
  nip: "NIP",
  regon: "REGON",
} as const satisfies Partial<Record<keyof UnitDetail, string>>;

type Field = keyof typeof LABELS;

const ALL = Object.keys(LABELS) as Field[];

/** What a unit may change about itself. */
const CONTACT: readonly Field[] = ["phone", "email", "website", "edoreczenia"];

const INPUT_TYPES: Partial<Record<Field, string>> = { phone: "tel", email: "email" };

export function UnitEdit() {
  const { id = "" } = useParams();
  const { data: unit } = api.useSuspenseQuery("get", "/api/v1/directory/units/{id}/", { params: { path: { id } } });
  return <UnitForm key={unit.id} unit={unit} fields={unit.can.includes("change") ? ALL : CONTACT} />;
}

const beginning = (unit: UnitDetail, fields: readonly Field[]) =>
  Object.fromEntries(fields.map((field) => [field, unit[field]])) as Record<Field, string>;

function UnitForm({ unit, fields }: { unit: UnitDetail; fields: readonly Field[] }) {
  const navigate = useNavigate();
  const page = `/directory/units/${unit.id}`;
  const change = api.useMutation("patch", "/api/v1/directory/units/{id}/", {
    meta: { isRereadFirst: true },
    onSuccess: async () => {
      notifyDone("Zapisano dane jednostki.");
      await navigate(page);
    },
  });
  const form = useEdit({ begin: beginning(unit, fields), version: unit.version, labels: LABELS, saving: [change] });

  return (
    <>
      <PageHeader title={`Dane: ${unit.short_name}`} back={{ to: page, label: unit.short_name }} />
      <Paper maw={READING}>
        <EditForm
          form={form}
          save="Zapisz"
          cancel={page}
          onSave={(_, header) => change.mutate({ params: { path: { id: unit.id }, header }, body: form.changes })}
        >
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {fields.map((field) => (
              <TextInput key={field} {...form.input(field)} type={INPUT_TYPES[field] ?? "text"} autoComplete="off" />
            ))}
          </SimpleGrid>
        </EditForm>
      </Paper>
    </>
  );
}
