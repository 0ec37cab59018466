import { Alert, Group, List, Stack, Text } from "@mantine/core";
import { useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { formatDate } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import { TroubleAlert } from "@/ui/TroubleAlert";
import { READING } from "@/ui/widths";
import { AccountClosing } from "./AccountClosing";
import { GIVES_ROLES, SEES_RIGHTS } from "./accounts";
import { MotionList } from "./MotionList";
import { PersonDetails } from "./PersonDetails";
import { PersonRoles } from "./PersonRoles";
import { PersonSessions } from "./PersonSessions";
import { PersonSignIn } from "./PersonSignIn";
import { addressOf } from "./places";

type Account = Schemas["AccountDetailOut"];

/** One account: whose it is, where they work, what they may do, and how the account ends. */
export function PersonPage() {
  const { id = "" } = useParams();
  const { may } = useSession();
  const { data: account } = api.useSuspenseQuery("get", "/api/v1/accounts/people/{id}/", { params: { path: { id } } });
  const seesAssignments = [...SEES_RIGHTS, ...GIVES_ROLES].some(may);

  return (
    <>
      <PageHeader
        title={account.name}
        description={account.email}
        back={{ to: "/accounts/people", label: "Osoby" }}
        actions={<Actions account={account} />}
      />
      <Stack maw={READING}>
        {account.closed_at && (
          <Alert color="gray" title={`Konto zamknięte ${formatDate(account.closed_at)}`}>
            Ta osoba nie może się zalogować. To, co zrobiła, pozostaje w dzienniku i w sprawach.
          </Alert>
        )}
        <TroubleAlert sentence={account.trouble} />
        <PersonDetails account={account} />
        <Panel title="Gdzie pracuje">
          <Homes homes={account.homes} />
        </Panel>
        {seesAssignments ? <PersonRoles account={account} /> : <HeldRoles roles={account.roles} />}
        {(account.can.includes("propose_recovery") || may("accounts.manage_roles")) && (
          <MotionList person={account.id} mb={0} />
        )}
        <PersonSignIn account={account} />
        {account.can.includes("sign_out") && <PersonSessions account={account} />}
        <AccountClosing account={account} />
      </Stack>
    </>
  );
}

function Actions({ account }: { account: Account }) {
  const { may } = useSession();
  return (
    <Group gap="xs">
      {may("audit.view_log") && (
        <ButtonLink
          to={`/audit/entries?actor=${account.id}&actor_name=${encodeURIComponent(account.name)}`}
          variant="default"
        >
          Co zrobiła ta osoba
        </ButtonLink>
      )}
      {SEES_RIGHTS.some(may) && account.is_active && (
        <ButtonLink to={`/accounts/rights?person=${account.id}`} variant="default">
          Co może i dlaczego
        </ButtonLink>
      )}
    </Group>
  );
}

function Homes({ homes }: { homes: Account["homes"] }) {
  if (homes.length === 0) {
    return <Text c="dimmed">Ta osoba nie jest przypisana do żadnej jednostki ani referatu.</Text>;
  }
  return (
    <List>
      {homes.map((home) => {
        const address = addressOf(home);
        return (
          <List.Item key={home.id}>{address ? <TextLink to={address}>{home.name}</TextLink> : home.name}</List.Item>
        );
      })}
    </List>
  );
}

/** For those who keep accounts but see no assignments: the names alone. */
function HeldRoles({ roles }: { roles: Account["roles"] }) {
  const names = [...new Set(roles.map(({ role }) => role.name))];
  return (
    <Panel title="Role">
      <Text c={names.length === 0 ? "dimmed" : undefined}>{names.join(", ") || "Ta osoba nie ma żadnej roli."}</Text>
    </Panel>
  );
}
