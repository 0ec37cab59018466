import { screen, waitFor, within } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { expect, it } from "vitest";
import { type Column, DataTable, type PageQuery } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { SearchField } from "@/ui/SearchField";
import { exportAddress, oneOf, useTableView } from "@/ui/tableView";

interface Row {
  id: string;
  name: string;
  pupils: number;
}

const COLUMNS: readonly [Column<Row>, ...Column<Row>[]] = [
  { id: "name", header: "Nazwa", ordering: "name", render: (row) => row.name },
  { id: "pupils", header: "Uczniowie", ordering: "pupils", render: (row) => row.pupils, isNumeric: true },
];

const SCHOOLS: Row[] = [
  { id: "1", name: "SP 1", pupils: 200 },
  { id: "2", name: "SP 2", pupils: 300 },
];

const answered = (results: Row[], count = results.length): PageQuery<Row> => ({
  data: { count, results },
  error: null,
  isPlaceholderData: false,
  isFetching: false,
  refetch: () => undefined,
});

function Schools({ query = answered(SCHOOLS, 120) }: { query?: PageQuery<Row> }) {
  const view = useTableView({ filters: ["kind"], ordering: "name" });
  return (
    <>
      <DataTable
        list="schools"
        label="Szkoły"
        columns={COLUMNS}
        query={query}
        view={view}
        rowKey={({ id }) => id}
        empty={<EmptyState title="Nie ma szkół">Dodaj pierwszą.</EmptyState>}
        tools={<SearchField label="Szukaj" value={view.search} onChange={view.setSearch} />}
        exportHref={exportAddress("/api/v1/schools/export/", view)}
      />
      <output>{JSON.stringify({ ...view.query, ...view.filters })}</output>
    </>
  );
}

const query = (): unknown => JSON.parse(screen.getByText(/page_size/).textContent ?? "");

it("shows the rows under headers, the first cell naming its row", () => {
  renderAlone(<Schools />);
  const table = screen.getByRole("table", { name: "Szkoły" });
  expect(
    within(table)
      .getAllByRole("columnheader")
      .map((header) => header.textContent),
  ).toEqual(["Nazwa", "Uczniowie"]);
  expect(
    within(table)
      .getAllByRole("rowheader")
      .map((header) => header.textContent),
  ).toEqual(["SP\u00a01", "SP\u00a02"]); // a name keeps its number beside it
});

it("sorts upwards, then downwards, by its header and says so", async () => {
  const { user } = renderAlone(<Schools />);
  const header = screen.getByRole("columnheader", { name: "Uczniowie" });
  expect(header).toHaveAttribute("aria-sort", "none");

  await user.click(within(header).getByRole("button"));
  expect(header).toHaveAttribute("aria-sort", "ascending");
  await user.click(within(header).getByRole("button"));
  expect(header).toHaveAttribute("aria-sort", "descending");
  expect(query()).toEqual({ ordering: "-pupils", page: 1, page_size: 50 });
});

it("reads search, filters, order and page from the address", () => {
  renderAlone(<Schools />, {}, "/?search=sp&kind=lo&ordering=-name&page=2");
  expect(query()).toEqual({ search: "sp", ordering: "-name", page: 2, page_size: 50, kind: "lo" });
  expect(screen.getByText("51–100 z 120")).toBeVisible();
});

it("goes back to the first page when the search changes, after a pause in typing", async () => {
  const { user, router } = renderAlone(<Schools />, {}, "/?page=3&kind=lo");
  await user.type(screen.getByRole("searchbox", { name: "Szukaj" }), "gim");
  await waitFor(() => expect(router.state.location.search).toBe("?kind=lo&search=gim"));
});

it("exports what is on the screen: the same search, filters and order, all pages", () => {
  renderAlone(<Schools />, {}, "/?search=ś&kind=lo&page=2");
  expect(screen.getByRole("link", { name: "Pobierz xlsx" })).toHaveAttribute(
    "href",
    "/api/v1/schools/export/?search=%C5%9B&ordering=name&kind=lo",
  );
});

it("says what to do next when there is nothing at all", () => {
  renderAlone(<Schools query={answered([])} />);
  expect(screen.getByText("Dodaj pierwszą.")).toBeVisible();
  expect(screen.queryByRole("table")).not.toBeInTheDocument();
});

it("offers to show everything when the filters leave nothing", async () => {
  const { user, router } = renderAlone(<Schools query={answered([])} />, {}, "/?search=x&kind=lo");
  await user.click(screen.getByRole("button", { name: "Pokaż wszystko" }));
  expect(router.state.location.search).toBe("");
});

it("tells why the list could not be read", () => {
  renderAlone(<Schools query={{ ...answered([]), data: undefined, error: new Error("boom") }} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Nie udało się wczytać listy");
});

it("takes from an address only values that are allowed", () => {
  expect(oneOf("late", ["opened", "late"])).toBe("late");
  expect(oneOf("drop table", ["opened", "late"])).toBeUndefined();
});
