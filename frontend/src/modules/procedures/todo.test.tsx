import { screen, waitFor, within } from "@testing-library/react";
import { city, OFFICER, TODO } from "@tests/procedures";
import { json, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";

it("lists what waits with its deadline and in whose place, the most pressing first", async () => {
  const inPlace = { ...TODO, id: "t2", what: "Zatwierdź albo zwróć", due_at: null, in_place_of: "Maria Zielińska" };
  const { asked } = renderAt("/procedures/todo", city({ "GET /api/v1/procedures/todo/": page([TODO, inPlace]) }));
  const first = await screen.findByRole("row", { name: /^Sprawdź formalnie/ });
  expect(first).toHaveTextContent("po terminie o 1 dzień");
  expect(within(first).getByRole("link")).toHaveAttribute("href", "/procedures/cases/c1");
  const second = screen.getByRole("row", { name: /^Zatwierdź albo zwróć/ });
  expect(second).toHaveTextContent("w zastępstwie za: Maria Zielińska");
  expect(second).toHaveTextContent("bez terminu");
  expect(asked.find(({ url }) => url.includes("/todo/"))?.url).toContain("ordering=due_at");
});

it("puts matters among what waits on the first page", async () => {
  renderAt("/", city());
  const list = await screen.findByRole("list", { name: "Sprawy, które na mnie czekają" });
  expect(within(list).getByRole("link", { name: TODO.case.title })).toHaveAttribute("href", "/procedures/cases/c1");
  expect(list).toHaveTextContent("Sprawdź formalnie");
});

it("shows the secret address of the calendar once, and renews it after a question", async () => {
  const LINK = "/api/v1/procedures/calendar-link/";
  let exists = false;
  const { user } = renderAt(
    "/procedures/calendar",
    city({
      [`GET ${LINK}`]: () => ({ exists, used_at: null, url: null }),
      [`POST ${LINK}`]: () => {
        const url = `https://miasto.example/calendar/${exists ? "drugi" : "pierwszy"}.ics`;
        exists = true;
        return json({ exists, used_at: null, url }, 201);
      },
      [`DELETE ${LINK}`]: () => {
        exists = false;
        return json(null, 204);
      },
    }),
  );
  await user.click(await screen.findByRole("button", { name: "Utwórz adres kalendarza" }));
  expect(await screen.findByLabelText("Tajny adres")).toHaveValue("https://miasto.example/calendar/pierwszy.ics");
  await user.click(await screen.findByRole("button", { name: "Zmień adres…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Zmień adres" }));
  await waitFor(() =>
    expect(screen.getByLabelText("Tajny adres")).toHaveValue("https://miasto.example/calendar/drugi.ics"),
  );
  await user.click(screen.getByRole("button", { name: "Usuń adres…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Usuń adres" }));
  expect(await screen.findByRole("button", { name: "Utwórz adres kalendarza" })).toBeVisible();
  expect(screen.queryByLabelText("Tajny adres")).not.toBeInTheDocument();
});

it("opens a case for the only unit of a head of a school, after what the limits say", async () => {
  const head = { ...OFFICER, units: [{ id: "u1", short_name: "SP 1" }] };
  const { user, asked, router } = renderAt(
    "/procedures/cases/new",
    city({
      "GET /api/v1/accounts/session/": head,
      "GET /api/v1/procedures/procedures/p1/start/": {
        may: true,
        sentence: "Wykorzystano 1 z 2.",
        limit: 2,
        used: 1,
        opens_at: null,
        closes_at: null,
        applicant: "unit",
      },
      "POST /api/v1/procedures/cases/": () => json({ id: "c1" }, 201),
    }),
  );
  await user.click(await screen.findByRole("combobox", { name: /^Czego dotyczy sprawa/ }));
  await user.click(await screen.findByRole("option", { name: "Grant oświatowy", hidden: true }));
  expect(await screen.findByText("Wykorzystano 1 z 2.")).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Jednostka" })).toHaveValue("SP 1");
  await user.click(screen.getByRole("button", { name: "Załóż sprawę" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/procedures/cases/c1"));
  const sent = asked.find(({ method, url }) => method === "POST" && url.endsWith("/cases/"));
  expect(await sent?.json()).toEqual({ procedure: "p1", unit: "u1", title: "" });
});
