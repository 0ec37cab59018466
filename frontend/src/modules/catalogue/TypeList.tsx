import { Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import { PageHeader } from "@/ui/PageHeader";
import { READING } from "@/ui/widths";
import { TypeCard } from "./TypeCard";

/** The types that come ready: what each needs, what the city has of it, what differs in a newer edition. */
export function TypeList() {
  const { data: types } = api.useSuspenseQuery("get", "/api/v1/catalogue/types/");
  const absent = types.filter(({ state }) => state === "absent").length;
  return (
    <>
      <PageHeader
        title="Gotowe typy spraw"
        description="Procedury z formularzami i pismami, które miasto bierze za swoje: po włączeniu zmieniasz w nich, co chcesz."
        back={{ to: "/procedures/procedures", label: "Procedury" }}
      />
      <Stack maw={READING} gap="md">
        <Text>
          {absent === 0
            ? "Miasto ma już wszystkie typy z katalogu."
            : `Miasto ma ${types.length - absent} z ${types.length} typów.`}
        </Text>
        {types.map((type) => (
          <TypeCard key={type.key} type={type} />
        ))}
      </Stack>
    </>
  );
}
