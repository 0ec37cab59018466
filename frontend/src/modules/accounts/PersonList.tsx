import { NativeSelect, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatDate } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { TextLink } from "@/ui/TextLink";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";
import { INVITES } from "./accounts";
import { JoiningList } from "./JoiningList";
import { usePlaces } from "./places";
import { useRoles } from "./useRoles";

type Account = Schemas["AccountOut"];

const STATES = ["true", "false"] as const;

const rolesOf = (account: Account): string => [...new Set(account.roles.map(({ role }) => role.name))].join(", ");

const LAST_SIGN_IN: Column<Account> = {
  id: "last_login",
  header: "Ostatnie logowanie",
  ordering: "last_login",
  render: ({ last_login }) => (last_login ? formatDate(last_login) : "jeszcze nie"),
};

const PHONE: Column<Account> = { id: "phone", header: "Telefon", isExtra: true, render: ({ phone }) => phone };

/** A unit's head is not told how others sign in; then nothing is said of it here. */
const columnsOf = (isWhole: boolean): readonly [Column<Account>, ...Column<Account>[]] => [
  {
    id: "person",
    header: "Osoba",
    ordering: "sort_key",
    render: (account) => (
      <>
        <TextLink to={`/accounts/people/${account.id}`} fw={600}>
          {account.name}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {account.email}
        </Text>
      </>
    ),
  },
  { id: "roles", header: "Role", phone: "bare", render: rolesOf },
  {
    id: "homes",
    header: "Gdzie pracuje",
    phone: "bare",
    render: ({ homes }) => homes.map(({ name }) => name).join(", "),
  },
  ...(isWhole ? [LAST_SIGN_IN, PHONE] : []),
  {
    id: "account",
    header: "Konto",
    phone: "end",
    render: ({ is_active, has_second_factor }) =>
      is_active ? (
        <>
          czynne
          {isWhole && has_second_factor && (
            <Text size="sm" c="dimmed">
              z drugim składnikiem
            </Text>
          )}
        </>
      ) : (
        <StatusBadge tone="neutral">zamknięte</StatusBadge>
      ),
  },
];

/** The accounts that this person looks after. */
export function PersonList() {
  const view = useTableView({ filters: ["role", "unit", "is_active"] as const, ordering: "sort_key" });
  const { may } = useSession();
  const { role, unit } = view.filters;
  const state = oneOf(view.filters.is_active, STATES);
  const query = { ...view.query, role, unit, is_active: state && state === "true" };
  const people = api.useQuery(
    "get",
    "/api/v1/accounts/people/",
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  const isWhole = people.data?.results.every(({ has_second_factor }) => has_second_factor !== null) ?? true;
  const invite = INVITES.some(may) && <ButtonLink to="/accounts/people/new">Zaproś osobę</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Osoby"
        description={
          isWhole
            ? "Konta osób z wydziału i z jednostek: kto je ma, jakie pełni role i kiedy ostatnio się logował."
            : "Konta osób z Twojej jednostki: kto je ma i jakie pełni role."
        }
        actions={
          invite && (
            <>
              <ButtonLink to="/accounts/people/invitations" variant="default">
                Zaproś wiele osób
              </ButtonLink>
              {invite}
            </>
          )
        }
      />
      <JoiningList />
      <DataTable
        list="accounts.people"
        label="Osoby"
        columns={columnsOf(isWhole)}
        query={people}
        view={view}
        rowKey={({ id }) => id}
        exportHref={exportAddress("/api/v1/accounts/people/export/", view)}
        empty={
          <EmptyState
            title="Nie ma tu jeszcze nikogo"
            action={invite}
            others="Osoby zaprasza administrator miasta. Gdy to zrobi, zobaczysz je tutaj."
          >
            Zaproś pierwszą osobę. Dostanie e-mail z odnośnikiem, pod którym ustawi hasło.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Imię, nazwisko albo e-mail" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={[unit, role, state].filter(Boolean).length}>
              <UnitFilter value={unit} onChange={(id) => view.setFilter("unit", id)} />
              <RoleFilter value={role} onChange={(id) => view.setFilter("role", id)} />
              <NativeSelect
                label="Konto"
                value={state ?? ""}
                onChange={(event) => view.setFilter("is_active", event.currentTarget.value)}
                data={[
                  { value: "", label: "czynne i zamknięte" },
                  { value: "true", label: "czynne" },
                  { value: "false", label: "zamknięte" },
                ]}
              />
            </MoreFilters>
          </>
        }
      />
    </>
  );
}

interface FilterProps {
  value: string | undefined;
  onChange: (id: string | null) => void;
}

function UnitFilter({ value, onChange }: FilterProps) {
  const units = usePlaces("unit");
  return (
    <ChoiceField
      label="Jednostka"
      placeholder="wszystkie"
      choices={units.data ?? []}
      value={value ?? null}
      onChange={onChange}
    />
  );
}

export function RoleFilter({ value, onChange }: FilterProps) {
  const roles = useRoles();
  return (
    <NativeSelect
      label="Rola"
      value={value ?? ""}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        { value: "", label: "wszystkie" },
        ...(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
