import { Button, Text } from "@mantine/core";
import { IconLogout, IconSettings, IconUserCircle } from "@tabler/icons-react";
import { Link } from "react-router";
import { api } from "@/api/client";
import { SESSION_PATH, type SessionPerson, useSession } from "@/api/session";
import { HeaderPanel } from "@/app/HeaderPanel";
import classes from "@/app/Shell.module.css";
import { notifyRefused } from "@/ui/notify";
import { forgetKept } from "@/ui/useKept";

/** Who works here, for which units, and the way out. */
export function UserMenu({ person }: { person: SessionPerson }) {
  const { units } = useSession();
  const signOut = api.useMutation("delete", SESSION_PATH, {
    meta: { refreshes: [] },
    onSuccess: () => {
      forgetKept();
      window.location.assign("/sign-in"); // a new page: nothing of this person stays in memory
    },
    onError: notifyRefused,
  });
  return (
    <HeaderPanel
      title="Konto"
      buttonLabel={`Konto: ${person.name}`}
      buttonClassName={classes.tool ?? ""}
      face={
        <>
          <IconUserCircle aria-hidden />
          <span className={classes.wide}>{person.name}</span>
        </>
      }
    >
      {(close) => (
        <>
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
            component={Link}
            to="/accounts/me"
            mt="sm"
            fullWidth
            variant="default"
            leftSection={<IconSettings size={18} aria-hidden />}
            onClick={close}
          >
            Moje konto
          </Button>
          <Button
            mt="xs"
            fullWidth
            variant="default"
            leftSection={<IconLogout size={18} aria-hidden />}
            loading={signOut.isPending}
            onClick={() => signOut.mutate({})}
          >
            Wyloguj się
          </Button>
        </>
      )}
    </HeaderPanel>
  );
}
