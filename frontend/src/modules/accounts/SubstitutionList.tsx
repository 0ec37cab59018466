import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { StatusBadge } from "@/ui/StatusBadge";
import { useTableView } from "@/ui/tableView";
import { SEES_RIGHTS } from "./accounts";
import { period, today } from "./period";

export type Substitution = Schemas["SubstitutionOut"];

const COLUMNS: readonly [Column<Substitution>, ...Column<Substitution>[]] = [
  { id: "absent", header: "Kogo nie ma", render: ({ person }) => person.name },
  { id: "substitute", header: "Kto zastępuje", render: ({ substitute }) => substitute.name },
  {
    id: "at",
    header: "Kiedy",
    phone: "bare",
    ordering: "starts_on",
    render: ({ starts_on, ends_on }) => period(starts_on, ends_on),
  },
  { id: "reason", header: "Powód", render: ({ reason }) => reason },
  { id: "state", header: "Stan", phone: "end", render: (one) => <SubstitutionState substitution={one} /> },
  { id: "actions", header: "Czynności", phone: "bare", render: (one) => <SubstitutionEnd substitution={one} /> },
];

/** Who stands in for whom: now, later, and in the past on demand. */
export function SubstitutionList() {
  const view = useTableView({ filters: ["which"] as const, ordering: "starts_on" });
  const { may } = useSession();
  const isAll = view.filters.which === "all";
  const query = { ...view.query, ...(!isAll && { ends_after: today() }) };
  const substitutions = api.useQuery(
    "get",
    "/api/v1/accounts/substitutions/",
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  const mayAppoint = may("accounts.manage_roles") || may("accounts.appoint_substitute");
  const create = mayAppoint && <ButtonLink to="/accounts/substitutions/new">Nowe zastępstwo</ButtonLink>;

  return (
    <>
      <PageHeader
        title="Zastępstwa"
        description="Na czas nieobecności sprawy przechodzą na zastępcę, a w dzienniku stoi, w czyim zastępstwie działał."
        back={SEES_RIGHTS.some(may) ? { to: "/accounts/functions", label: "Funkcje" } : undefined}
        actions={create}
      />
      <DataTable
        list="accounts.substitutions"
        label="Zastępstwa"
        columns={COLUMNS}
        query={substitutions}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            title="Nikogo nikt teraz nie zastępuje"
            action={create}
            others="Gdy ktoś wyznaczy zastępcę, zobaczysz to tutaj."
          >
            Przed urlopem wskaż zastępcę: sprawy przejdą na niego w wybranych dniach i same wrócą.
          </EmptyState>
        }
        tools={
          <MoreFilters used={view.used}>
            <NativeSelect
              label="Pokaż"
              value={isAll ? "all" : ""}
              onChange={(event) => view.setFilter("which", event.currentTarget.value)}
              data={[
                { value: "", label: "trwające i przyszłe" },
                { value: "all", label: "także minione" },
              ]}
            />
          </MoreFilters>
        }
      />
    </>
  );
}

export function SubstitutionState({ substitution: { starts_on, ends_on } }: { substitution: Substitution }) {
  const now = today();
  if (ends_on < now) {
    return <StatusBadge tone="neutral">minęło</StatusBadge>;
  }
  return starts_on > now ? (
    <StatusBadge tone="info">nadejdzie</StatusBadge>
  ) : (
    <StatusBadge tone="success">trwa</StatusBadge>
  );
}

export function SubstitutionEnd({ substitution }: { substitution: Substitution }) {
  const { may, person: actor } = useSession();
  const [isAsked, question] = useDisclosure(false);
  const end = api.useMutation("delete", "/api/v1/accounts/substitutions/{id}/", {
    onSuccess: () => {
      question.close();
      notifyDone("Odwołano zastępstwo.");
    },
  });
  const { id, person, substitute, starts_on, ends_on } = substitution;
  if (ends_on < today() || (person.id !== actor?.id && !may("accounts.manage_roles"))) {
    return null;
  }
  return (
    <>
      <Button
        variant="subtle"
        color="danger"
        size="compact-sm"
        aria-label={`Odwołaj: ${substitute.name} za ${person.name}`}
        onClick={question.open}
      >
        Odwołaj
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        title="Odwołać zastępstwo?"
        confirmLabel="Odwołaj zastępstwo"
        isDangerous
        isWorking={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate({ params: { path: { id } } })}
        onClose={question.close}
      >
        {substitute.name} za {person.name}, {period(starts_on, ends_on)}. Sprawy wrócą od razu.
      </ConfirmDialog>
    </>
  );
}
