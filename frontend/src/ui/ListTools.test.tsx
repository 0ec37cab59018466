import { screen, waitFor, within } from "@testing-library/react";
import { json, renderAlone, type Server } from "@tests/render";
import { expect, it } from "vitest";
import { type Column, DataTable } from "@/ui/DataTable";
import type { KeptView } from "@/ui/keptViews";
import { exportAddress, useTableView } from "@/ui/tableView";

interface Row {
  id: string;
  name: string;
  pupils: number;
}

const VIEWS = "/api/v1/accounts/account/views/";
const COLUMNS: readonly [Column<Row>, ...Column<Row>[]] = [
  { id: "name", header: "Nazwa", ordering: "name", render: (row) => row.name },
  { id: "pupils", header: "Uczniowie", render: (row) => row.pupils },
  { id: "kind", header: "Rodzaj", render: () => "SP" },
  { id: "nip", header: "NIP", isExtra: true, render: () => "123" },
  { id: "actions", header: "Czynności", render: () => "zmień" },
];
const USUAL = ["Nazwa", "Uczniowie", "Rodzaj", "Czynności"];

const query = {
  data: { count: 1, results: [{ id: "1", name: "SP 1", pupils: 200 }] },
  error: null,
  isPlaceholderData: false,
  isFetching: false,
  refetch: () => undefined,
};

function Schools() {
  const view = useTableView({ filters: ["kind"] as const, ordering: "name" });
  return (
    <DataTable
      list="schools"
      label="Szkoły"
      columns={COLUMNS}
      query={query}
      view={view}
      rowKey={({ id }) => id}
      empty={null}
      exportHref={exportAddress("/api/v1/schools/export/", view)}
    />
  );
}

const kept = (changes: Partial<KeptView>): KeptView => ({
  id: "v1",
  screen: "schools",
  name: "",
  columns: [],
  ordering: "",
  filters: {},
  ...changes,
});

/** Keeps what is sent to it, as the server does. */
function keeping(...views: KeptView[]): Server {
  return {
    [`GET ${VIEWS}`]: () => json(views),
    [`POST ${VIEWS}`]: async (request) => {
      const made = { id: `new${views.length}`, ...(await request.json()) } as KeptView;
      const old = views.findIndex(({ screen: of, name }) => of === made.screen && name === made.name);
      views.splice(old < 0 ? views.length : old, old < 0 ? 0 : 1, made);
      return json(made, 201);
    },
    [`DELETE ${VIEWS}v1/`]: () => {
      views.splice(0, 1);
      return json(null, 204);
    },
  };
}

const headers = () => screen.getAllByRole("columnheader").map((header) => header.textContent);
const file = () => new URL(screen.getByRole("link", { name: "Pobierz xlsx" }).getAttribute("href") ?? "", "http://x");

it("keeps which columns are shown and in which order, and the file takes the same", async () => {
  const { user, asked } = renderAlone(<Schools />, keeping());
  expect(headers()).toEqual(USUAL);
  expect(file().searchParams.has("columns")).toBe(false);

  await user.click(await screen.findByRole("button", { name: "Kolumny" }));
  const dialog = await screen.findByRole("dialog", { name: "Kolumny listy" });
  expect(
    within(dialog)
      .getAllByRole("checkbox")
      .map((box) => (box as HTMLInputElement).checked),
  ).toEqual([true, true, false]);
  await user.click(within(dialog).getByRole("checkbox", { name: "Uczniowie" }));
  await user.click(within(dialog).getByRole("checkbox", { name: "NIP" }));
  await user.click(within(dialog).getByRole("button", { name: "Przenieś wyżej: NIP" }));
  await user.click(within(dialog).getByRole("button", { name: "Zapisz kolumny" }));

  await waitFor(() => expect(headers()).toEqual(["Nazwa", "NIP", "Rodzaj", "Czynności"]));
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toMatchObject({ screen: "schools", name: "", columns: ["-pupils", "nip", "kind"] });
  expect(file().searchParams.get("columns")).toBe("name,nip,kind,actions");
});

it("keeps filters, order and columns under a name, and shows them again when it is chosen", async () => {
  const server = keeping(kept({ columns: ["-kind"] }));
  const { user, router } = renderAlone(<Schools />, server, "/?kind=sp&search=dwa&ordering=-name");
  await waitFor(() => expect(headers()).toEqual(["Nazwa", "Uczniowie", "Czynności"]));

  await user.click(screen.getByRole("button", { name: "Widoki" }));
  await user.click(await screen.findByRole("menuitem", { name: "Zapisz widok…", hidden: true }));
  await user.type(await screen.findByRole("textbox", { name: "Nazwa widoku" }), "Podstawówki");
  await user.click(screen.getByRole("button", { name: "Zapisz widok" }));
  await user.click(await screen.findByRole("button", { name: "Widok: Podstawówki" }));
  await user.click(await screen.findByRole("menuitem", { name: "Wróć do całej listy", hidden: true }));
  expect(router.state.location.search).toBe("");

  await user.click(screen.getByRole("button", { name: "Widoki" }));
  await user.click(await screen.findByRole("menuitem", { name: "Podstawówki", hidden: true }));
  await waitFor(() =>
    expect(Object.fromEntries(new URLSearchParams(router.state.location.search))).toEqual({
      kind: "sp",
      search: "dwa",
      ordering: "-name",
      view: "new1",
    }),
  );
});

it("passes over columns and filters that the list no longer has", async () => {
  const gone = kept({ name: "Dawny", columns: ["stare", "-kind", "-dawne"], filters: { dawny: "1", kind: "lo" } });
  const { user, router } = renderAlone(<Schools />, keeping(gone));
  await user.click(await screen.findByRole("button", { name: "Widoki" }));
  await user.click(await screen.findByRole("menuitem", { name: "Dawny", hidden: true }));

  await waitFor(() => expect(headers()).toEqual(["Nazwa", "Uczniowie", "Czynności"]));
  expect(router.state.location.search).toBe("?kind=lo&view=v1");
});

it("takes a view away, and the list stands as it comes", async () => {
  const { user, router } = renderAlone(
    <Schools />,
    keeping(kept({ name: "Moje", columns: ["-kind"] })),
    "/?kind=sp&view=v1",
  );
  await user.click(await screen.findByRole("button", { name: "Widok: Moje" }));
  await user.click(await screen.findByRole("menuitem", { name: "Usuń widok „Moje”", hidden: true }));

  await waitFor(() => expect(headers()).toEqual(USUAL));
  expect(router.state.location.search).toBe("");
});

it("shows the list as it comes where nothing can be learned about its reader", async () => {
  renderAlone(
    <Schools />,
    { [`GET ${VIEWS}`]: () => json({ code: "broken", detail: "", errors: [] }, 500) },
    "/?view=v1",
  );
  expect(await screen.findByRole("button", { name: "Kolumny" })).toBeVisible();
  expect(headers()).toEqual(USUAL);
});
