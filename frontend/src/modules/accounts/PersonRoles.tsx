import { Skeleton, Text } from "@mantine/core";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { AssignmentRows } from "./AssignmentRows";
import { GIVES_ROLES } from "./accounts";

/** Every role of a person, past and coming ones too: where, from when and until when. */
export function PersonRoles({ account }: { account: Schemas["AccountDetailOut"] }) {
  const { may } = useSession();
  const query = { person: account.id, page_size: 500, ordering: "valid_from" };
  const assignments = api.useQuery("get", "/api/v1/accounts/assignments/", { params: { query } });
  const rows = assignments.data?.results;

  return (
    <Panel
      title="Role"
      actions={
        GIVES_ROLES.some(may) &&
        account.is_active && (
          <ButtonLink
            to={`/accounts/assignments/new?person=${account.id}&name=${encodeURIComponent(account.name)}`}
            variant="default"
          >
            Nadaj rolę
          </ButtonLink>
        )
      }
    >
      <ProblemAlert error={assignments.error} retry={() => void assignments.refetch()} />
      {assignments.isPending && <Skeleton height={60} />}
      {rows?.length === 0 && (
        <Text c="dimmed">
          Ta osoba nie ma żadnej roli, więc po zalogowaniu niczego nie zobaczy. Nadaj jej rolę odpowiednią do jej pracy.
        </Text>
      )}
      {rows && rows.length > 0 && <AssignmentRows label={`Role: ${account.name}`} assignments={rows} />}
    </Panel>
  );
}
