import { Button, Stack, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { AnswerText } from "@/ui/filling/AnswerText";
import type { Answer, SimpleType } from "@/ui/filling/definition";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { useTableView } from "@/ui/tableView";
import { TableGrid } from "./TableGrid";
import { TableUpload } from "./TableUpload";

type Row = Schemas["UnitTableRowOut"];

const AS_QUESTION: Readonly<Record<Schemas["TableColumnOut"]["type"], SimpleType>> = {
  number: "number",
  money: "money",
  text: "short_text",
  date: "date",
  yes_no: "yes_no",
};

/** One table of units: its rows, and the workbook that fills it. */
export function UnitTablePage() {
  const { id = "" } = useParams();
  const params = { path: { id } };
  const view = useTableView();
  const { may } = useSession();
  const mayChange = may("forms.manage_dictionaries");
  const [isDoomed, setIsDoomed] = useState(false);
  const navigate = useNavigate();
  const { data: table } = api.useSuspenseQuery("get", "/api/v1/forms/tables/{id}/", { params });
  const rows = api.useQuery(
    "get",
    "/api/v1/forms/tables/{id}/rows/",
    { params: { ...params, query: { page: view.page, page_size: view.pageSize } } },
    { placeholderData: keepPreviousData },
  );
  const remove = api.useMutation("delete", "/api/v1/forms/tables/{id}/", {
    onSuccess: async () => {
      await navigate("/forms/tables");
      notifyDone("Usunięto tabelę.");
    },
  });

  const columns: readonly [Column<Row>, ...Column<Row>[]] = [
    { id: "unit", header: "Jednostka", render: ({ unit }) => unit || "nieznana jednostka" },
    ...table.columns.map(
      (column): Column<Row> => ({
        id: column.key,
        header: column.label,
        isNumeric: column.type === "number" || column.type === "money",
        render: ({ values }) => (
          <AnswerText question={{ type: AS_QUESTION[column.type] }} answer={(values[column.key] ?? null) as Answer} />
        ),
      }),
    ),
  ];

  return (
    <>
      <PageHeader
        title={table.name}
        description={
          <>
            W wyrażeniach:{" "}
            {table.columns.map((column, at) => (
              <span key={column.key}>
                {at > 0 && ", "}
                <code>{`z_tabeli("${table.key}", "${column.key}"${table.keys.map(({ key }) => `, ${key}`).join("")})`}</code>
              </span>
            ))}
          </>
        }
        back={{ to: "/forms/tables", label: "Tabele" }}
        actions={
          mayChange && (
            <>
              <Button variant="subtle" color="danger" onClick={() => setIsDoomed(true)}>
                Usuń
              </Button>
              <ButtonLink to={`/forms/tables/${id}/edit`} variant="default">
                Nazwa i kolumny
              </ButtonLink>
            </>
          )
        }
      />
      <Stack>
        {mayChange && <TableUpload table={table} />}
        {table.keys.length > 0 ? (
          <TableGrid table={table} mayChange={mayChange} />
        ) : (
          <DataTable
            list={`forms.table.${table.id}`}
            label={table.name}
            columns={columns}
            query={rows}
            view={view}
            rowKey={(row) => row.unit_id}
            empty={
              <EmptyState title="Tabela jest pusta">
                Pobierz wzór, wpisz po jednym wierszu na jednostkę i wczytaj gotowy arkusz.
              </EmptyState>
            }
          />
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isDoomed}
        title={`Usunąć tabelę „${table.name}”?`}
        confirmLabel="Usuń"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params })}
        onClose={() => {
          setIsDoomed(false);
          remove.reset();
        }}
      >
        <Text>Tego nie da się cofnąć. Tabeli, z której liczy choć jeden formularz, nie można usunąć.</Text>
      </ConfirmDialog>
    </>
  );
}
