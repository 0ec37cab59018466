import { useSearchParams } from "react-router";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";

interface PersonFilterProps {
  label: string;
  /** The name of the filter in the address: "actor". */
  field: string;
}

/**
 * Narrows a table to one person. The name stands in the address beside the id, under "actor_name": a person whose
 * account is closed can no longer be looked up.
 */
export function PersonFilter({ label, field }: PersonFilterProps) {
  const [params, setParams] = useSearchParams();
  const [id, name] = [params.get(field), params.get(`${field}_name`)];
  const choose = (person: ChosenPerson | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [key, value] of [
          [field, person?.id],
          [`${field}_name`, person?.name],
          ["page", null],
        ] as const) {
          if (value) {
            after.set(key, value);
          } else {
            after.delete(key);
          }
        }
        return after;
      },
      { replace: true },
    );
  return (
    <PersonField
      key={id ?? "anybody"}
      label={label}
      value={id ? { id, name: name ?? "wybrana osoba" } : null}
      onChange={choose}
    />
  );
}
