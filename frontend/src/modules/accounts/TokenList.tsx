import { Button, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { counted, formatDate, formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { StatusBadge } from "@/ui/StatusBadge";
import { useTableView } from "@/ui/tableView";

type Token = Schemas["ApiTokenOut"];

const COLUMNS: readonly [Column<Token>, ...Column<Token>[]] = [
  {
    id: "key",
    header: "Klucz",
    render: ({ name, hint, permissions }) => (
      <>
        {name}
        <Text size="sm" c="dimmed" fw={400}>
          {hint}…, {counted(permissions.length, "uprawnienie", "uprawnienia", "uprawnień")}
        </Text>
      </>
    ),
  },
  { id: "in_place_of", header: "W imieniu", render: ({ person }) => person.name },
  { id: "expires", header: "Działa do", ordering: "expires_at", render: ({ expires_at }) => formatDate(expires_at) },
  {
    id: "last_used",
    header: "Ostatnio użyty",
    ordering: "last_used_at",
    render: ({ last_used_at }) => (last_used_at ? formatDateTime(last_used_at) : "jeszcze nie"),
  },
  { id: "state", header: "Stan", phone: "end", render: (token) => <TokenState token={token} /> },
  { id: "actions", header: "Czynności", phone: "bare", render: (token) => <TokenEnd token={token} /> },
];

/** The keys by which programs work in somebody's name. */
export function TokenList() {
  const view = useTableView({ ordering: "-created_at" });
  const { may } = useSession();
  const tokens = api.useQuery(
    "get",
    "/api/v1/accounts/tokens/",
    { params: { query: view.query } },
    { placeholderData: keepPreviousData },
  );
  const create = may("accounts.make_tokens") && <ButtonLink to="/accounts/tokens/new">Nowy klucz</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Klucze API"
        description="Klucz pozwala innemu programowi miasta działać w Twoim imieniu: tylko w wybranych czynnościach i tylko do wybranego dnia."
        actions={create}
      />
      <DataTable
        list="accounts.tokens"
        label="Klucze API"
        columns={COLUMNS}
        query={tokens}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nie ma jeszcze kluczy"
            action={create}
            others="Klucze tworzą osoby, które mają do tego prawo. Gdy powstanie pierwszy, zobaczysz go tutaj."
          >
            Utwórz klucz, gdy inny system miasta ma pobierać dane z OPIUM.
          </EmptyState>
        }
      />
    </>
  );
}

function TokenState({ token: { is_usable, revoked_at } }: { token: Token }) {
  if (is_usable) {
    return "działa";
  }
  return (
    <StatusBadge tone="neutral">{revoked_at ? `unieważniony ${formatDate(revoked_at)}` : "nie działa"}</StatusBadge>
  );
}

function TokenEnd({ token }: { token: Token }) {
  const [isAsked, question] = useDisclosure(false);
  const revoke = api.useMutation("post", "/api/v1/accounts/tokens/{id}/revoke/", {
    onSuccess: () => {
      question.close();
      notifyDone("Unieważniono klucz.");
    },
  });
  if (!token.is_usable) {
    return null;
  }
  return (
    <>
      <Button
        variant="subtle"
        color="danger"
        size="compact-sm"
        aria-label={`Unieważnij: ${token.name}`}
        onClick={question.open}
      >
        Unieważnij
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={`Unieważnić klucz „${token.name}”?`}
        confirmLabel="Unieważnij"
        isDangerous
        isWorking={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ params: { path: { id: token.id } } })}
        onClose={question.close}
      >
        Program, który go używa, od razu straci dostęp. Unieważnionego klucza nie da się przywrócić; można utworzyć
        nowy.
      </ConfirmDialog>
    </>
  );
}
