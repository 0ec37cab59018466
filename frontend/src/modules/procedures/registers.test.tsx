import { screen, waitFor, within } from "@testing-library/react";
import { making } from "@tests/making";
import { bodiesOf, takeUploads } from "@tests/messaging";
import { city } from "@tests/procedures";
import { json, page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const CLASS = {
  id: "k1",
  code: "WES.4424",
  unit_symbol: "WES",
  symbol: "4424",
  name: "Granty i nagrody",
  archive_category: "B5",
  is_active: true,
  drawn: 17,
};

const TEMPLATE = { id: "l1", key: "decyzja", name: "Decyzja", is_archived: false, newest: 2, asks: ["sprawa"] };

it("adds a class of the file plan, and keeps what was typed when it is refused", async () => {
  const url = "POST /api/v1/procedures/classes/";
  let isRefused = true;
  const { user, asked } = renderAt(
    "/procedures/classes",
    city({ [url]: () => (isRefused ? problem(409, "Klasa WES.4424 jest już w wykazie.") : json(CLASS, 201)) }),
  );
  await user.click((await screen.findAllByRole("button", { name: "Nowa klasa" }))[0] as HTMLElement);
  const dialog = await screen.findByRole("dialog", { name: "Nowa klasa" });
  await user.type(within(dialog).getByLabelText(/^Symbol komórki/), "WES");
  await user.type(within(dialog).getByLabelText(/^Symbol klasyfikacyjny/), "4424");
  await user.type(within(dialog).getByLabelText(/^Hasło/), "Granty");
  await user.click(within(dialog).getByRole("button", { name: "Zapisz" }));
  expect(await within(dialog).findByText("Klasa WES.4424 jest już w wykazie.")).toBeVisible();
  expect(within(dialog).getByLabelText(/^Hasło/)).toHaveValue("Granty");
  isRefused = false;
  await user.click(within(dialog).getByRole("button", { name: "Zapisz" }));
  expect(await screen.findByText("Zapisano klasę.")).toBeVisible();
  const sent = asked.filter(({ method }) => method === "POST").at(-1);
  expect(await sent?.json()).toEqual({ unit_symbol: "WES", symbol: "4424", name: "Granty", archive_category: "" });
});

it("offers to remove only a class in which no sign was drawn", async () => {
  renderAt(
    "/procedures/classes",
    city({ "GET /api/v1/procedures/classes/": page([CLASS, { ...CLASS, id: "k2", code: "WES.99", drawn: 0 }]) }),
  );
  expect(await screen.findByRole("button", { name: "Usuń klasę WES.99" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Usuń klasę WES.4424" })).not.toBeInTheDocument();
});

it("adds a letter's template once the server has read what it asks for, and says what is wrong with it", async () => {
  let told: object = { state: "failed", failure: "Szablon prosi o „kwota”, czego nie ma w sprawie." };
  const { user, asked } = renderAt(
    "/procedures/letters",
    city({
      ...takeUploads(() => told),
      "GET /api/v1/procedures/letter-templates/": page([TEMPLATE]),
      "POST /api/v1/procedures/letter-templates/": json(TEMPLATE, 201),
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Nowy wzór" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Nowy wzór pisma" }));
  await user.type(dialog.getByLabelText(/^Nazwa wzoru/), "Wezwanie");
  const field = dialog.getByLabelText("Plik Worda", { selector: "input" });
  await user.upload(field, new File(["x"], "wzor.docx"));
  expect(await dialog.findByText("Szablon prosi o „kwota”, czego nie ma w sprawie.")).toBeVisible();
  told = { state: "done" };
  await user.upload(field, new File(["y"], "lepszy.docx"));
  const save = dialog.getByRole("button", { name: "Dodaj wzór" });
  await waitFor(() => expect(save).toBeEnabled(), { timeout: 5000 });
  await user.click(save);
  expect(await screen.findByText("Dodano wzór pisma.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/procedures/letter-templates/")).toEqual([
    { name: "Wezwanie", key: "wezwanie", file: "file-lepszy.docx" },
  ]);
});

it("issues a letter to the chosen cases and shows when all are ready", async () => {
  const job = {
    id: "j1",
    name: "Decyzja",
    total: 1,
    ready: 1,
    failed: 0,
    is_over: true,
    created_at: "2026-11-23T10:00:00Z",
  };
  const { user, asked } = renderAt(
    "/procedures/letters/l1/issue",
    city({
      "GET /api/v1/procedures/letter-templates/": page([TEMPLATE]),
      "POST /api/v1/procedures/letters/": () => json(job, 202),
      "GET /api/v1/procedures/letter-jobs/j1/": job,
      "POST /api/v1/procedures/cases/c1/letters/preview/": () => json({ id: "m1" }, 202),
      "GET /api/v1/files/makings/m1/": making("done", { lines: ["Zawiadamiamy, że przyznano."] }),
    }),
  );
  await user.click(await screen.findByRole("combobox", { name: "Procedura" }));
  await user.click(await screen.findByRole("option", { name: "Grant oświatowy", hidden: true }));
  expect(await screen.findByText("Wybrano: 1 sprawa z 1")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Wydaj pisma…" }));
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByRole("region", { name: "Podgląd pisma" })).toHaveTextContent("że przyznano");
  await user.click(within(dialog).getByRole("button", { name: "Wydaj" }));
  expect(await screen.findByText("Gotowych: 1 pismo.")).toBeVisible();
  const sent = asked.find(({ method, url }) => method === "POST" && url.endsWith("/letters/"));
  expect(await sent?.json()).toEqual({ template: "l1", cases: ["c1"] });
});
