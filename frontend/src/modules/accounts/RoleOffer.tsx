import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { api, type Schemas } from "@/api/client";
import { notifyDone } from "@/ui/notify";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { READING } from "@/ui/widths";

interface RoleOfferProps {
  role: Schemas["RoleOut"];
  /** The rights that may be proposed, to say them in words. */
  groups: readonly Schemas["ModulePermissionsOut"][];
}

/** What a newer edition of OPIUM proposes for a role that the city has made its own. */
export function RoleOffer({ role, groups }: RoleOfferProps) {
  const answer = api.useMutation("post", "/api/v1/accounts/roles/{id}/answer-offer/", {
    onSuccess: (_, { body }) => {
      notifyDone(body.accept ? "Dodano uprawnienia do roli." : "Rola zostaje bez tych uprawnień.");
    },
  });
  const proposed = groups.flatMap(({ permissions }) => permissions).filter(({ name }) => role.proposed.includes(name));
  if (proposed.length === 0) return null;
  const decide = (accept: boolean) => answer.mutate({ params: { path: { id: role.id } }, body: { accept } });

  return (
    <Alert
      color="navy"
      icon={<IconSparkles aria-hidden />}
      title="Nowe wydanie proponuje tej roli uprawnienia"
      mb="md"
      maw={READING}
    >
      <Text size="sm" c="var(--mantine-color-text)">
        Ta rola była zmieniana w Twoim mieście, więc nic nie dodało się samo. Osoby, które ją mają, dostaną te
        uprawnienia dopiero po Twojej zgodzie.
      </Text>
      <List size="sm" my="sm" c="var(--mantine-color-text)">
        {proposed.map(({ name, label, sentence }) => (
          <List.Item key={name}>
            <b>{label}</b>: {sentence}
          </List.Item>
        ))}
      </List>
      <ProblemAlert error={answer.error} />
      <Group gap="sm">
        <Button size="sm" loading={answer.isPending} onClick={() => decide(true)}>
          Dodaj do roli
        </Button>
        <Button size="sm" variant="default" disabled={answer.isPending} onClick={() => decide(false)}>
          Nie dodawaj
        </Button>
      </Group>
    </Alert>
  );
}
