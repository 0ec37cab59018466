import { Button, Group, Paper, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas, underPath } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";

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

function UnitForm({ unit, fields }: { unit: UnitDetail; fields: readonly Field[] }) {
  const [changes, setChanges] = useState<Partial<Record<Field, string>>>({});
  const cache = useQueryClient();
  const navigate = useNavigate();
  const page = `/directory/units/${unit.id}`;
  const change = api.useMutation("patch", "/api/v1/directory/units/{id}/", {
    onSuccess: async () => {
      await cache.invalidateQueries({ predicate: underPath("/api/v1/directory/units/") });
      notifyDone("Zapisano dane jednostki.");
      await navigate(page);
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ params: { path: { id: unit.id } }, body: changes });
  };

  return (
    <>
      <PageHeader title={`Dane: ${unit.short_name}`} back={{ to: page, label: unit.short_name }} />
      <Paper component="form" onSubmit={submit} noValidate maw="46rem">
        <Stack>
          <FormErrorSummary error={change.error} labels={LABELS} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {fields.map((field) => (
              <TextInput
                key={field}
                id={field}
                label={LABELS[field]}
                value={changes[field] ?? unit[field]}
                onChange={(event) => setChanges({ ...changes, [field]: event.currentTarget.value })}
                error={errorOf(change.error, field)}
                type={INPUT_TYPES[field] ?? "text"}
                autoComplete="off"
              />
            ))}
          </SimpleGrid>
          <Group justify="flex-end">
            <ButtonLink to={page} variant="default">
              Anuluj
            </ButtonLink>
            <Button type="submit" loading={change.isPending}>
              Zapisz
            </Button>
          </Group>
        </Stack>
      </Paper>
    </>
  );
}
