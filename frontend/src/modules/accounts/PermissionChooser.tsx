import { Button, Checkbox, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { counted } from "@/ui/format";
import { SearchField } from "@/ui/SearchField";
import classes from "./PermissionChooser.module.css";
import { matching, type PermissionGroup } from "./permissionSearch";

interface PermissionChooserProps {
  groups: readonly PermissionGroup[];
  /** Names of the chosen permissions; those of modules that are off are kept, though not shown. */
  value: readonly string[];
  onChange: (names: string[]) => void;
  isReadOnly: boolean;
}

/** The permissions of a role, module by module, each with the sentence that says what it lets people do. */
export function PermissionChooser({ groups, value, onChange, isReadOnly }: PermissionChooserProps) {
  const [search, setSearch] = useState("");
  const shown = matching(groups, search);
  const chosen = new Set(value);

  const choose = (names: readonly string[], isChosen: boolean) => {
    const next = new Set(value);
    for (const name of names) {
      next[isChosen ? "add" : "delete"](name);
    }
    onChange([...next]);
  };

  return (
    <Stack>
      <div className={classes.tools}>
        <SearchField label="Szukaj uprawnienia" value={search} onChange={setSearch} />
        <Text fw={600} role="status">
          Zaznaczono: {counted(value.length, "uprawnienie", "uprawnienia", "uprawnień")}
        </Text>
      </div>
      {shown.length === 0 && <Text c="dimmed">Nic nie pasuje. Zmień szukane słowo.</Text>}
      {shown.map((group) => {
        const names = group.permissions.map(({ name }) => name);
        const isAll = names.every((name) => chosen.has(name));
        return (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset keeps a minimum width of its own and breaks on a phone
          <div key={group.module} role="group" aria-label={group.label} className={classes.group}>
            <Group justify="space-between" gap="xs">
              <Title order={3}>{group.label}</Title>
              {!isReadOnly && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`${isAll ? "Odznacz" : "Zaznacz"} wszystkie: ${group.label}`}
                  onClick={() => choose(names, !isAll)}
                >
                  {isAll ? "Odznacz" : "Zaznacz"} wszystkie
                </Button>
              )}
            </Group>
            {group.permissions.map(({ name, label, sentence }) => (
              <Checkbox
                key={name}
                label={label}
                description={sentence}
                checked={chosen.has(name)}
                disabled={isReadOnly}
                onChange={(event) => choose([name], event.currentTarget.checked)}
                classNames={{ body: classes.permission }}
              />
            ))}
          </div>
        );
      })}
    </Stack>
  );
}
