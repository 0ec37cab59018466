import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { nameOf, readDraft } from "./draft";

interface FilterProps {
  value: string | undefined;
  onChange: (value: string | null) => void;
}

export function ProcedureFilter({ value, onChange }: FilterProps) {
  const procedures = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 60_000 },
  );
  return (
    <ChoiceField
      label="Procedura"
      placeholder="wszystkie"
      choices={(procedures.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}

/** The stages of one procedure, as its draft names them. */
export function StageFilter({ procedure, value, onChange }: FilterProps & { procedure: string }) {
  const { data } = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/",
    { params: { path: { id: procedure } } },
    { staleTime: 60_000 },
  );
  const stages = data ? readDraft(data.draft).stages : [];
  return (
    <ChoiceField
      label="Etap"
      placeholder="wszystkie"
      choices={stages.map((stage) => ({ value: stage.key, label: nameOf(stage) }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}

export function UnitFilter({ value, onChange }: FilterProps) {
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  return (
    <ChoiceField
      label="Jednostka"
      placeholder="wszystkie"
      choices={(units.data ?? []).map(({ id, short_name }) => ({ value: id, label: short_name }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}
