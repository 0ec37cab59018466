import { Group } from "@mantine/core";
import { ButtonLink } from "@/ui/ButtonLink";

const TABS = [
  { key: "dictionaries", to: "/forms/dictionaries", label: "Słowniki" },
  { key: "tables", to: "/forms/tables", label: "Tabele" },
  { key: "school", to: "/forms/school-year", label: "Rok szkolny" },
] as const;

/** The kinds of the city's own lists, and how it counts its years, a step from each other. */
export function ListTabs({ current }: { current: (typeof TABS)[number]["key"] }) {
  return (
    <Group component="nav" aria-label="Słowniki i tabele" gap="xs" mb="md">
      {TABS.map(({ key, to, label }) => (
        <ButtonLink key={key} to={to} size="sm" variant={key === current ? "light" : "default"}>
          {label}
        </ButtonLink>
      ))}
    </Group>
  );
}
