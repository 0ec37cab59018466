import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import { UnreadChoices } from "@/ui/UnreadChoices";
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
    <div>
      <ChoiceField
        label="Procedura"
        placeholder="wszystkie"
        choices={(procedures.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={value ?? null}
        onChange={onChange}
      />
      <UnreadChoices label="Procedura" error={procedures.error} retry={() => void procedures.refetch()} />
    </div>
  );
}

/** The stages of one procedure, as its draft names them. */
export function StageFilter({ procedure, value, onChange }: FilterProps & { procedure: string }) {
  const definition = api.useQuery(
    "get",
    "/api/v1/procedures/procedures/{id}/",
    { params: { path: { id: procedure } } },
    { staleTime: 60_000 },
  );
  const stages = definition.data ? readDraft(definition.data.draft).stages : [];
  return (
    <div>
      <ChoiceField
        label="Etap"
        placeholder="wszystkie"
        choices={stages.map((stage) => ({ value: stage.key, label: nameOf(stage) }))}
        value={value ?? null}
        onChange={onChange}
      />
      <UnreadChoices label="Etap" error={definition.error} retry={() => void definition.refetch()} />
    </div>
  );
}

export function UnitFilter({ value, onChange }: FilterProps) {
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/units/", "all open"],
    queryFn: allUnits,
    staleTime: 60_000,
  });
  return (
    <div>
      <ChoiceField
        label="Jednostka"
        placeholder="wszystkie"
        choices={(units.data ?? []).map(({ id, short_name }) => ({ value: id, label: short_name }))}
        value={value ?? null}
        onChange={onChange}
      />
      <UnreadChoices label="Jednostka" error={units.error} retry={() => void units.refetch()} />
    </div>
  );
}
