import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { ADMINISTRATOR, CITY, KOWALSKI, ONE_UNIT } from "@tests/accounts";
import { bodiesOf, takeUploads } from "@tests/messaging";
import { json, page, problem, renderAt } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import type { Schemas } from "@/api/client";

afterEach(() => sessionStorage.clear());

it("asks for the people of a unit with a role, by what stands in the address", async () => {
  const { asked } = renderAt("/accounts/people?role=r1&unit=u1&is_active=false&search=kowal", CITY);
  expect(await screen.findByRole("link", { name: "Jan Kowalski" })).toHaveAttribute("href", "/accounts/people/p1");
  const lists = asked.filter(({ url }) => new URL(url).pathname === "/api/v1/accounts/people/");
  const query = new URL(lists[0]?.url ?? "").searchParams;
  expect(Object.fromEntries(query)).toMatchObject({ role: "r1", unit: "u1", is_active: "false", search: "kowal" });
});

it("offers no invitation to somebody who may only look", async () => {
  renderAt("/accounts/people", {
    ...CITY,
    "GET /api/v1/accounts/session/": { ...ADMINISTRATOR, permissions: ["accounts.view_rights"] },
  });
  await screen.findByRole("link", { name: "Jan Kowalski" });
  expect(screen.queryByRole("link", { name: "Zaproś osobę" })).not.toBeInTheDocument();
});

it("invites somebody to a unit, with a role there", async () => {
  const { user, asked, router } = renderAt("/accounts/people/new", {
    ...CITY,
    "POST /api/v1/accounts/people/": json(KOWALSKI, 201),
  });
  await user.type(await screen.findByRole("textbox", { name: /^Imię/ }), "Jan");
  await user.type(screen.getByRole("textbox", { name: /^Nazwisko/ }), "Kowalski");
  await user.type(screen.getByRole("textbox", { name: /^Adres e-mail/ }), " kowalski@example.org ");
  await screen.findByRole("option", { name: "Jednostka" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie pracuje" }), "unit");
  await user.click(await screen.findByPlaceholderText("Wpisz część nazwy"));
  await user.click(await screen.findByRole("option", { name: /^SP 1/, hidden: true }));
  await user.type(screen.getByRole("textbox", { name: "Stanowisko" }), "dyrektor");
  await screen.findByRole("option", { name: "Dyrektor jednostki" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Rola" }), "r1");
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/people/p1"));
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/")).toEqual([
    {
      first_name: "Jan",
      last_name: "Kowalski",
      email: "kowalski@example.org",
      phone: "",
      position: "dyrektor",
      role: "r1",
      home: { kind: "unit", id: "u1" },
    },
  ]);
});

const NO_HOME = problem(422, "Popraw wskazane pola.", [
  { field: "home.kind", detail: "Wskaż, gdzie ta osoba pracuje." },
]);

it("names no place to the server where a unit was not chosen", async () => {
  const { user, asked } = renderAt("/accounts/people/new", { ...CITY, "POST /api/v1/accounts/people/": NO_HOME });
  await screen.findByRole("option", { name: "Jednostka" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie pracuje" }), "unit");
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  expect((await screen.findAllByText(/Wskaż, gdzie ta osoba pracuje\./))[0]).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/")).toMatchObject([{ home: { kind: "unit", id: "" } }]);
});

it("names no place to the server where none was looked at", async () => {
  const { user, asked } = renderAt("/accounts/people/new", { ...CITY, "POST /api/v1/accounts/people/": NO_HOME });
  await screen.findByRole("option", { name: "Jednostka" });
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  expect((await screen.findAllByText(/Wskaż, gdzie ta osoba pracuje\./))[0]).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/")).toMatchObject([{ home: { kind: "", id: "" } }]);
});

it("tells a head the own unit and sends it, with nothing to choose", async () => {
  const { user, asked } = renderAt("/accounts/people/new", {
    ...CITY,
    "GET /api/v1/accounts/session/": {
      ...ADMINISTRATOR,
      permissions: ["accounts.manage_unit_people"],
      units: [
        { id: "u1", short_name: "SP 1" },
        { id: "u2", short_name: "SP 2, gdzie tylko pracuje" },
      ],
    },
    "GET /api/v1/accounts/places-in-hand/": ONE_UNIT,
    "POST /api/v1/accounts/people/": json(KOWALSKI, 201),
  });
  expect(await screen.findByText("SP 1")).toBeVisible();
  expect(screen.queryByRole("combobox", { name: "Gdzie pracuje" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/")).toMatchObject([
      { home: { kind: "unit", id: "u1" } },
    ]),
  );
});

it("exports the list of people as it is filtered", async () => {
  renderAt("/accounts/people?role=r1&is_active=true&search=kowal&page=2", CITY);
  const link = await screen.findByRole("link", { name: "Pobierz xlsx" });
  expect(link).toHaveAttribute(
    "href",
    "/api/v1/accounts/people/export/?search=kowal&ordering=sort_key&role=r1&is_active=true",
  );
});

const SESSION: Schemas["OwnSessionOut"] = {
  id: "s1",
  address: "10.0.0.7",
  agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537",
  started_at: null,
  seen_at: "2026-11-23T10:00:00Z",
  is_current: false,
};

it("asks for another person's sessions only when somebody wants to see them, and ends one", async () => {
  let left = [SESSION, { ...SESSION, id: "s2", agent: "Firefox/140 Linux" }];
  const { user, asked } = renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, can: ["change", "close", "sign_out"] },
    "GET /api/v1/accounts/people/p1/sessions/": () => left,
    "DELETE /api/v1/accounts/people/p1/sessions/s1/": () => {
      left = left.filter(({ id }) => id !== "s1");
      return json(null, 204);
    },
  });
  const panel = within(await screen.findByRole("region", { name: "Sesje" }));
  expect(asked.some(({ url }) => url.includes("/sessions/"))).toBe(false);
  await user.click(panel.getByRole("button", { name: "Pokaż" }));
  await user.click(await panel.findByRole("button", { name: /^Zakończ: Chrome, Windows/ }));
  await waitFor(() => expect(panel.queryByText("Chrome, Windows")).not.toBeInTheDocument());
  expect(panel.getByText("Firefox, Linux")).toBeVisible();
});

it("ends every session of a person after asking", async () => {
  let left = [SESSION];
  const { user } = renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, can: ["sign_out"] },
    "GET /api/v1/accounts/people/p1/sessions/": () => left,
    "DELETE /api/v1/accounts/people/p1/sessions/": () => {
      left = [];
      return json(null, 204);
    },
  });
  const panel = within(await screen.findByRole("region", { name: "Sesje" }));
  await user.click(panel.getByRole("button", { name: "Pokaż" }));
  await user.click(await panel.findByRole("button", { name: "Zakończ wszystkie" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Zakończyć wszystkie sesje: Jan Kowalski?" }));
  await user.click(dialog.getByRole("button", { name: "Zakończ wszystkie" }));
  expect(await panel.findByText("Ta osoba nie jest teraz nigdzie zalogowana.")).toBeVisible();
});

it("shows no sessions to those who may not end them", async () => {
  renderAt("/accounts/people/p1", CITY);
  await screen.findByRole("region", { name: "Logowanie" });
  expect(screen.queryByRole("region", { name: "Sesje" })).not.toBeInTheDocument();
});

it("tells a person's second factor, and offers to take away only one that is there", async () => {
  renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, has_second_factor: true, factors: ["totp", "webauthn"] },
  });
  const there = within(await screen.findByRole("region", { name: "Logowanie" }));
  expect(there.getByText("aplikacja z kodami, klucz")).toBeVisible();
  expect(there.getByRole("button", { name: "Usuń drugi składnik" })).toBeVisible();
  cleanup();
  renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, must_enrol: true },
  });
  const missing = within(await screen.findByRole("region", { name: "Logowanie" }));
  expect(missing.getByText("jeszcze nieustawiony, choć rola go wymaga")).toBeVisible();
  expect(missing.queryByRole("button", { name: "Usuń drugi składnik" })).not.toBeInTheDocument();
});

it("keeps a refused invitation through a reload and says what is wrong", async () => {
  const server = {
    ...CITY,
    "POST /api/v1/accounts/people/": problem(422, "Popraw pola.", [{ field: "email", detail: "To nie jest adres." }]),
  };
  const { user } = renderAt("/accounts/people/new", server);
  await user.type(await screen.findByRole("textbox", { name: /^Imię/ }), "Jan");
  await screen.findByRole("option", { name: "Poza jednostkami i referatami" });
  await user.selectOptions(screen.getByRole("combobox", { name: "Gdzie pracuje" }), "city");
  await user.click(screen.getByRole("button", { name: "Wyślij zaproszenie" }));
  expect(await screen.findByRole("link", { name: "Adres e-mail: To nie jest adres." })).toBeVisible();
  cleanup();
  renderAt("/accounts/people/new", server);
  expect(await screen.findByRole("textbox", { name: /^Imię/ })).toHaveValue("Jan");
});

it("checks a workbook before it invites anybody, and tells which rows are left out and why", async () => {
  const refused = [{ row: 3, email: "kot@example.org", reason: "Nie ma jednostki „SP 999”." }];
  const { user, asked } = renderAt("/accounts/people/invitations", {
    ...CITY,
    ...takeUploads(),
    "POST /api/v1/accounts/invitations/": async (request) => {
      const { is_dry_run } = (await request.json()) as { is_dry_run: boolean };
      return { is_dry_run, invited: 238, joined: 1, asked: 0, refused };
    },
  });
  const file = new File(["x"], "osoby.xlsx");
  await user.upload(await screen.findByLabelText("Arkusz z osobami", { selector: "input" }), file);
  const rows = within(await screen.findByRole("table", { name: "Pominięte wiersze" }));
  expect(rows.getByText("Nie ma jednostki „SP 999”.", { exact: false })).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/invitations/")).toEqual([
    { file: "file-osoby.xlsx", is_dry_run: true },
  ]);
  await user.click(screen.getByRole("button", { name: "Zaproś: 239 osób" }));
  expect(await screen.findByText("Zaproszenia są w drodze")).toBeVisible();
  expect((await bodiesOf(asked, "POST", "/api/v1/accounts/invitations/"))[1]).toEqual({
    file: "file-osoby.xlsx",
    is_dry_run: false,
  });
});

it("says in words what closing an account does, and names the successor before it is closed", async () => {
  const { user, asked } = renderAt("/accounts/people/p1", {
    ...CITY,
    "POST /api/v1/accounts/people/p1/close/": { ...KOWALSKI, is_active: false, can: ["change", "reopen"] },
  });
  const panel = within(await screen.findByRole("region", { name: "Zamknięcie konta" }));
  expect(panel.getByText(/straci wszystkie role i funkcje/)).toBeVisible();
  await user.type(panel.getByPlaceholderText("Imię, nazwisko albo e-mail"), "żak");
  await user.click(await screen.findByRole("option", { name: /Łucja Żak/, hidden: true }));
  await user.click(panel.getByRole("button", { name: "Zamknij konto" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Zamknąć konto: Jan Kowalski?" }));
  expect(dialog.getByText(/Sprawy przejmie Łucja Żak/)).toBeVisible();
  expect(asked.some(({ method }) => method === "POST")).toBe(false);
  await user.click(dialog.getByRole("button", { name: "Zamknij konto" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/p1/close/")).toEqual([{ successor: "p2" }]),
  );
});

it("shows a refused closing in its dialog", async () => {
  const { user } = renderAt("/accounts/people/p1", {
    ...CITY,
    "POST /api/v1/accounts/people/p1/close/": problem(409, "Po tej zmianie nikt nie mógłby zarządzać rolami."),
  });
  await user.click(await screen.findByRole("button", { name: "Zamknij konto" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Zamknij konto" }));
  expect(await dialog.findByText("Po tej zmianie nikt nie mógłby zarządzać rolami.")).toBeVisible();
});

it("offers to reopen a closed account and nothing else", async () => {
  renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": {
      ...KOWALSKI,
      is_active: false,
      closed_at: "2026-11-20T10:00:00Z",
      can: ["change", "reopen"],
    },
    "GET /api/v1/accounts/assignments/": page([]),
  });
  expect(await screen.findByText("Konto zamknięte 20.11.2026")).toBeVisible();
  expect(screen.getByRole("button", { name: "Otwórz konto ponownie" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Zamknij konto" })).not.toBeInTheDocument();
  expect(screen.queryByRole("link", { name: "Nadaj rolę" })).not.toBeInTheDocument();
});

it("keeps the changed data of a person on the screen when they are refused", async () => {
  const { user } = renderAt("/accounts/people/p1", {
    ...CITY,
    "PATCH /api/v1/accounts/people/p1/": problem(422, "Popraw pola.", [
      { field: "last_name", detail: "Podaj nazwisko." },
    ]),
  });
  await user.click(await screen.findByRole("button", { name: "Zmień dane" }));
  const surname = screen.getByRole("textbox", { name: /^Nazwisko/ });
  await user.clear(surname);
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  expect(await screen.findByRole("link", { name: "Podaj nazwisko." })).toBeVisible();
  expect(surname).toHaveValue("");
});

it("says on the person's page that the invitation never left", async () => {
  renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, trouble: "List z odnośnikiem nie wyszedł." },
  });
  expect(await screen.findByText("List z odnośnikiem nie wyszedł.")).toBeVisible();
});

it("shows a reported loss of the second factor with what to do before deciding", async () => {
  const { user, asked } = renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": {
      ...KOWALSKI,
      has_second_factor: true,
      factors: ["totp"],
      newest_factor_at: "2026-11-29T10:00:00Z",
      lost_factor_at: "2026-11-30T10:00:00Z",
    },
    "POST /api/v1/accounts/people/p1/refuse-factor-loss/": KOWALSKI,
  });
  expect(await screen.findByText("Zgłoszono utratę drugiego składnika")).toBeVisible();
  expect(screen.getByText(/zadzwoń do niej na znany numer/)).toBeVisible();
  expect(screen.getByText(/ostatnio dodano 29\.11\.2026/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Odrzuć zgłoszenie" }));
  await waitFor(() => expect(asked.some(({ url }) => url.endsWith("/refuse-factor-loss/"))).toBe(true));
});

it("asks a second person where one alone may not, for what that is, and leads to where it waits", async () => {
  const { user, asked, router } = renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": { ...KOWALSKI, has_second_factor: true, can: ["propose_recovery"] },
    "POST /api/v1/accounts/people/p1/propose-recovery/": json({ id: "m1" }, 201),
    "GET /api/v1/accounts/motions/m1/": problem(404, "Nie ma takiej sprawy."),
  });
  await user.click(await screen.findByRole("button", { name: "Poproś drugą osobę o zgodę" }));
  expect(screen.queryByRole("button", { name: "Zmień adres e-mail" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Usuń drugi składnik" })).not.toBeInTheDocument();
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getAllByRole("radio")).toHaveLength(3);
  await user.click(dialog.getByRole("radio", { name: "Zmienić adres e-mail, z którym się loguje" }));
  await user.type(dialog.getByRole("textbox", { name: /^Nowy adres e-mail/ }), " nowy@example.org ");
  await user.click(dialog.getByRole("button", { name: "Wyślij prośbę" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/accounts/motions/m1"));
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/people/p1/propose-recovery/")).toEqual([
    { kind: "address", address: "nowy@example.org" },
  ]);
});

/** Somebody of the own unit as the API tells a head. */
const COLLEAGUE: Schemas["AccountDetailOut"] = {
  ...KOWALSKI,
  phone: null,
  has_second_factor: null,
  factors: null,
  must_enrol: null,
  can: ["change", "sign_out", "close", "recover"],
};

it("leaves out of a head's list what a head is not told", async () => {
  const own = { ...KOWALSKI, id: "p0", name: "Iga Kierująca", has_second_factor: true };
  renderAt("/accounts/people", { ...CITY, "GET /api/v1/accounts/people/": page([COLLEAGUE, own]) });
  expect(await screen.findByRole("link", { name: "Jan Kowalski" })).toBeVisible();
  expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual([
    "Osoba",
    "Role",
    "Gdzie pracuje",
    "Konto",
  ]);
  expect(screen.queryByText(/jeszcze nie|drugim składnikiem|ostatnio się logował/)).not.toBeInTheDocument();
});

it("lets a head help a colleague without telling how that person signs in", async () => {
  const { user, asked } = renderAt("/accounts/people/p1", {
    ...CITY,
    "GET /api/v1/accounts/people/p1/": COLLEAGUE,
    "PATCH /api/v1/accounts/people/p1/": COLLEAGUE,
    "DELETE /api/v1/accounts/people/p1/sessions/": () => json(null, 204),
  });
  const signIn = within(await screen.findByRole("region", { name: "Logowanie" }));
  expect(signIn.queryByRole("term")).not.toBeInTheDocument();
  expect(signIn.getByRole("button", { name: "Wyślij odnośnik do ustawienia hasła" })).toBeVisible();
  const sessions = within(screen.getByRole("region", { name: "Sesje" }));
  expect(sessions.queryByRole("button", { name: "Pokaż" })).not.toBeInTheDocument();
  await user.click(sessions.getByRole("button", { name: "Zakończ wszystkie" }));
  const dialog = within(await screen.findByRole("dialog"));
  await user.click(dialog.getByRole("button", { name: "Zakończ wszystkie" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  const details = within(screen.getByRole("region", { name: "Dane" }));
  expect(details.queryByText("Telefon")).not.toBeInTheDocument();
  await user.click(details.getByRole("button", { name: "Zmień dane" }));
  expect(screen.queryByRole("textbox", { name: /^Telefon/ })).not.toBeInTheDocument();
  const surname = screen.getByRole("textbox", { name: /^Nazwisko/ });
  await user.clear(surname);
  await user.type(surname, "Kowal");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  await waitFor(async () =>
    expect(await bodiesOf(asked, "PATCH", "/api/v1/accounts/people/p1/")).toEqual([
      { first_name: "Jan", last_name: "Kowal" },
    ]),
  );
});
