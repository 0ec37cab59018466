import { Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { TextLink } from "@/ui/TextLink";
import { useTableView } from "@/ui/tableView";
import { SEES_RIGHTS } from "./accounts";
import { SubstitutionList } from "./SubstitutionList";

type Fn = Schemas["FunctionOut"];

const COLUMNS: readonly [Column<Fn>, ...Column<Fn>[]] = [
  {
    id: "function",
    header: "Funkcja",
    ordering: "sort_key",
    render: (one) => (
      <>
        <TextLink to={`/accounts/functions/${one.id}`} fw={600}>
          {one.name}
        </TextLink>
        <Text size="sm" c="dimmed" fw={400}>
          {["kod: ", one.code, one.description && ` · ${one.description}`]}
        </Text>
      </>
    ),
  },
  {
    id: "holders",
    header: "Kto ją pełni",
    render: ({ holders }) =>
      holders.length === 0 ? (
        <Text c="dimmed">nikt</Text>
      ) : (
        holders.map(({ id, role, person, scope }) => (
          <div key={id}>
            {person?.name ?? `każdy z rolą ${role?.name}`}{" "}
            <Text span size="sm" c="dimmed">
              {scope.name}
            </Text>
          </div>
        ))
      ),
  },
];

/** Functions and substitutes; who may only appoint the own substitute sees the substitutions alone. */
export function FunctionList() {
  const { may } = useSession();
  return SEES_RIGHTS.some(may) ? <Functions /> : <SubstitutionList />;
}

function Functions() {
  const view = useTableView({ ordering: "sort_key" });
  const { may } = useSession();
  const functions = api.useQuery(
    "get",
    "/api/v1/accounts/functions/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const create = may("accounts.manage_roles") && <ButtonLink to="/accounts/functions/new">Nowa funkcja</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Funkcje"
        description="Funkcja mówi, kto w danym miejscu załatwia sprawę, na przykład zatwierdza wnioski referatu. Gdy go nie ma, zastępuje go zastępca."
        actions={
          <>
            <ButtonLink to="/accounts/substitutions" variant="default">
              Zastępstwa
            </ButtonLink>
            {create}
          </>
        }
      />
      <DataTable
        list="accounts.functions"
        label="Funkcje"
        columns={COLUMNS}
        query={functions}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze funkcji"
            action={create}
            others="Funkcje tworzy administrator miasta. Gdy powstaną, zobaczysz je tutaj."
          >
            Utwórz funkcję, na przykład „Zatwierdza wnioski”, i wskaż, kto ją pełni w każdym referacie.
          </EmptyState>
        }
      />
    </>
  );
}
