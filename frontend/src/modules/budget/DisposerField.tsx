import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { useSession } from "@/api/session";
import { allUnits } from "@/api/units";
import { ChoiceField } from "@/ui/ChoiceField";
import type { Pot } from "./nouns";

export type Disposer = Pick<Pot["disposer"], "kind" | "value">;

const KINDS = [
  { value: "department", label: "wydział" },
  { value: "section", label: "referat" },
  { value: "unit", label: "jednostka" },
  { value: "function", label: "funkcja" },
] as const satisfies readonly { value: Disposer["kind"]; label: string }[];

const WHICH = { section: "Który referat", unit: "Która jednostka", function: "Która funkcja" } as const;

/** As the API takes it: one of three is given, the others are empty. */
export const bodyOfDisposer = ({ kind, value }: Disposer) => ({
  unit_id: kind === "unit" && value ? value : null,
  section_id: kind === "section" && value ? value : null,
  function: kind === "function" ? value : "",
});

interface DisposerFieldProps {
  value: Disposer;
  onChange: (disposer: Disposer) => void;
}

/** Who disposes of the pot: the department, or a section, a unit, whoever plays a function. */
export function DisposerField({ value, onChange }: DisposerFieldProps) {
  const choices = useChoices(value.kind);
  return (
    <>
      <NativeSelect
        id="disposer"
        label="Kto dysponuje"
        value={value.kind}
        data={[...KINDS]}
        onChange={(event) => {
          const kind = KINDS.find((one) => one.value === event.currentTarget.value)?.value ?? "department";
          onChange({ kind, value: "" });
        }}
      />
      {value.kind !== "department" && (
        <ChoiceField
          id="disposer_which"
          label={WHICH[value.kind]}
          choices={choices}
          value={value.value || null}
          onChange={(chosen) => onChange({ kind: value.kind, value: chosen ?? "" })}
          isRequired
        />
      )}
    </>
  );
}

function useChoices(kind: Disposer["kind"]) {
  const { may } = useSession();
  const sections = api.useQuery("get", "/api/v1/directory/sections/", {}, { enabled: kind === "section" });
  const units = useQuery({
    queryKey: ["get", "/api/v1/directory/", "units of the budget"],
    queryFn: allUnits,
    enabled: kind === "unit",
    staleTime: 300_000,
  });
  const functions = api.useQuery(
    "get",
    "/api/v1/accounts/functions/",
    { params: { query: { page_size: 500 } } },
    { enabled: kind === "function" && (may("accounts.manage_roles") || may("accounts.view_rights")) },
  );
  switch (kind) {
    case "section":
      return (sections.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case "unit":
      return (units.data ?? []).map(({ id, short_name }) => ({ value: id, label: short_name }));
    case "function":
      return (functions.data?.results ?? []).map(({ code, name }) => ({ value: code, label: name }));
    default:
      return [];
  }
}
