import { Button, Popover, Text } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { api } from "@/api/client";
import { SESSION_PATH, type SessionPerson, useSession } from "@/api/session";
import classes from "@/app/Shell.module.css";
import { notifyRefused } from "@/ui/notify";

/** Who works here, for which units, and the way out. */
export function UserMenu({ person }: { person: SessionPerson }) {
  const { units } = useSession();
  const signOut = api.useMutation("delete", SESSION_PATH, {
    onSuccess: () => window.location.assign("/sign-in"), // a new page: nothing of this person stays in memory
    onError: notifyRefused,
  });
  return (
    <Popover position="bottom-end" width="min(20rem, calc(100vw - 1.5rem))" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <button type="button" className={classes.tool} aria-label={`Konto: ${person.name}`}>
          <IconUserCircle aria-hidden />
          <span className={classes.wide}>{person.name}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Konto">
        <Text fw={600}>{person.name}</Text>
        <Text size="sm" c="dimmed">
          {person.email}
        </Text>
        {units.map((unit) => (
          <Text key={unit.id} size="sm" c="dimmed">
            {unit.short_name}
          </Text>
        ))}
        <Button
          mt="sm"
          fullWidth
          variant="default"
          leftSection={<IconLogout size={18} aria-hidden />}
          loading={signOut.isPending}
          onClick={() => signOut.mutate({})}
        >
          Wyloguj się
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
