import { SegmentedControl, Stack } from "@mantine/core";
import { useSearchParams } from "react-router";
import { PageHeader } from "@/ui/PageHeader";
import { oneOf } from "@/ui/tableView";
import { READING } from "@/ui/widths";
import { PermissionHolders } from "./PermissionHolders";
import { PersonRights } from "./PersonRights";
import { WHOLE_CITY } from "./places";

const WAYS = ["person", "deed"] as const;

/** "Kto co może", asked both ways; the question stands in the address, so it can be sent. */
export function WhoMay() {
  const [params, setParams] = useSearchParams();
  const way = oneOf(params.get("ask") ?? undefined, WAYS) ?? "person";

  const change = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) {
            after.set(name, value);
          } else {
            after.delete(name);
          }
        }
        return after;
      },
      { replace: true },
    );

  return (
    <>
      <PageHeader
        title="Kto co może"
        description="Odpowiedź pokazuje też powód: która rola, nadana gdzie i na jak długo, daje uprawnienie."
      />
      <Stack maw={READING}>
        <SegmentedControl
          aria-label="Rodzaj pytania"
          value={way}
          onChange={(ask) => change({ ask })}
          data={[
            { value: "person", label: "Co może ta osoba" },
            { value: "deed", label: "Kto może to zrobić" },
          ]}
          styles={{ root: { alignSelf: "flex-start", maxWidth: "100%" } }}
        />
        {way === "person" ? (
          <PersonRights personId={params.get("person")} choose={(person) => change({ person })} />
        ) : (
          <PermissionHolders
            permission={params.get("permission")}
            place={{ kind: params.get("scope_kind") ?? WHOLE_CITY.kind, id: params.get("scope_id") }}
            choose={change}
          />
        )}
      </Stack>
    </>
  );
}
