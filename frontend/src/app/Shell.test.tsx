import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, json, page, problem, renderAt, type Server } from "@tests/render";
import { expect, it, vi } from "vitest";

const NOBODY = { ...CLERK, person: null, permissions: [] };
const menu = async () => within(await screen.findByRole("navigation", { name: "Menu główne" }));

it("draws in the menu only what the person may use", async () => {
  renderAt("/", { "GET /api/v1/accounts/session/": { ...CLERK, permissions: [] } });
  const links = (await menu()).getAllByRole("link").map((link) => link.textContent);
  expect(links).toContain("Co na mnie czeka");
  expect(links).not.toContain("Jednostki");
});

it("leads operators, for whom nothing waits, from the first page to what they look after", async () => {
  const { router } = renderAt("/", {
    "GET /api/v1/accounts/session/": { ...CLERK, modules: ["outbox", "audit", "accounts"], permissions: [] },
  });
  expect((await menu()).queryByRole("link", { name: "Co na mnie czeka" })).not.toBeInTheDocument();
  await waitFor(() => expect(router.state.location.pathname).toBe("/outbox/jobs"));
});

it("has no menu and no address of a module that is switched off", async () => {
  renderAt("/directory/units", { "GET /api/v1/accounts/session/": { ...CLERK, modules: ["messaging"] } });
  expect((await menu()).queryByRole("link", { name: "Jednostki" })).not.toBeInTheDocument();
  expect(await screen.findByRole("heading", { level: 1, name: "Nie ma takiej strony" })).toBeVisible();
});

it.each(["/repairs/list", "/directory/gardens", "/gardens"])("says that there is no page at %s", async (path) => {
  renderAt(path);
  expect(await screen.findByRole("heading", { level: 1, name: "Nie ma takiej strony" })).toBeVisible();
  expect((await menu()).getByRole("link", { name: "Jednostki" })).toBeVisible();
});

it("sends a stranger to sign in and then to where they were going", async () => {
  const { user, router, asked } = renderAt("/directory/groups?search=a", {
    "GET /api/v1/accounts/session/": NOBODY,
    "POST /api/v1/accounts/session/": CLERK,
    "GET /api/v1/directory/groups/": page([]),
  });
  await user.type(await screen.findByLabelText(/Adres e-mail/), " anna@example.org ");
  await user.type(screen.getByLabelText(/^Hasło/), "sekret 1");
  await user.click(screen.getByRole("button", { name: "Zaloguj się" }));

  await waitFor(() =>
    expect(router.state.location.pathname + router.state.location.search).toBe("/directory/groups?search=a"),
  );
  const sent = asked.find(({ method }) => method === "POST");
  expect(await sent?.json()).toEqual({ email: "anna@example.org", password: "sekret 1" });
});

it("says that the password is wrong and keeps the address that was typed", async () => {
  const detail = "Adres lub hasło są nieprawidłowe.";
  const { user } = renderAt("/sign-in", {
    "GET /api/v1/accounts/session/": NOBODY,
    "POST /api/v1/accounts/session/": () => problem(422, detail),
  });
  await user.type(await screen.findByLabelText(/Adres e-mail/), "anna@example.org");
  await user.click(screen.getByRole("button", { name: "Zaloguj się" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(detail);
  expect(screen.getByLabelText(/Adres e-mail/)).toHaveValue("anna@example.org");
});

it("gives the CSRF token from the cookie with what changes something, and with nothing else", async () => {
  // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no Cookie Store
  document.cookie = "csrftoken=abc%20d";
  const { user, asked } = renderAt("/sign-in", {
    "GET /api/v1/accounts/session/": NOBODY,
    "POST /api/v1/accounts/session/": () => problem(422, "nie"),
  });
  await user.click(await screen.findByRole("button", { name: "Zaloguj się" }));
  await screen.findByRole("alert");
  const given = asked.map(({ method, headers }) => `${method} ${headers.get("X-CSRFToken")}`);
  expect(new Set(given)).toEqual(new Set(["GET null", "POST abc d"]));
});

const GROUP = { id: "g1", name: "Szkoły", description: "", units: [], people: [], unit_count: 0, person_count: 0 };

it("asks to sign in over the screen when the session ends, and loses nothing that was typed", async () => {
  let isSignedIn = true;
  const saved: unknown[] = [];
  const server: Server = {
    "GET /api/v1/directory/units/": page([]),
    "POST /api/v1/directory/groups/": async (request) => {
      if (!isSignedIn) {
        return problem(401, "Zaloguj się, aby kontynuować.", [], "not_authenticated");
      }
      saved.push(await request.json());
      return json(GROUP, 201);
    },
    "POST /api/v1/accounts/session/": () => {
      isSignedIn = true;
      return CLERK;
    },
    "GET /api/v1/directory/groups/": page([GROUP]),
  };
  const { user, router } = renderAt("/directory/groups/new", server);
  await user.type(await screen.findByRole("textbox", { name: /^Nazwa/ }), "Szkoły z basenem");
  isSignedIn = false;
  await user.click(screen.getByRole("button", { name: "Zapisz" }));

  const dialog = within(await screen.findByRole("dialog", { name: "Sesja wygasła" }));
  await user.type(dialog.getByLabelText(/^Hasło/), "sekret");
  await user.click(dialog.getByRole("button", { name: "Zaloguj się" }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Sesja wygasła" })).not.toBeInTheDocument());

  expect(screen.getByRole("textbox", { name: /^Nazwa/ })).toHaveValue("Szkoły z basenem");
  expect(screen.queryByText("Zaloguj się, aby kontynuować.")).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/groups"));
  expect(saved).toEqual([{ name: "Szkoły z basenem", description: "", units: [], people: [] }]);
});

it("keeps the menu when a screen fails, and tells it in Polish", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined); // React and the router report it there too
  renderAt("/directory/units/x", { "GET /api/v1/directory/units/x/": () => problem(500, "Serwer nie odpowiada.") });
  expect(await screen.findByRole("heading", { level: 1, name: "Nie udało się pokazać tej strony" })).toBeVisible();
  expect(screen.getByText("Serwer nie odpowiada.")).toBeVisible();
  expect((await menu()).getByRole("link", { name: "Jednostki" })).toBeVisible();
});

it("names the tab after the screen and gives its heading the focus when a link leads there", async () => {
  const { user } = renderAt("/", { "GET /api/v1/directory/groups/": page([]) });
  expect(await screen.findByRole("heading", { level: 1 })).not.toHaveFocus();
  await user.click((await menu()).getByRole("link", { name: "Grupy" }));
  const heading = await screen.findByRole("heading", { level: 1, name: "Grupy" });
  await waitFor(() => expect(heading).toHaveFocus());
  expect(document.title).toBe("Grupy – OPIUM");
});
