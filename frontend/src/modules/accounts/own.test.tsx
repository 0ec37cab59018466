import { screen, waitFor, within } from "@testing-library/react";
import { ADMINISTRATOR, CITY, OWN } from "@tests/accounts";
import { bodiesOf } from "@tests/messaging";
import { json, problem, renderAt } from "@tests/render";
import { afterEach, expect, it } from "vitest";
import type { Schemas } from "@/api/client";
import { browserName } from "./browserName";

afterEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

const CODES = ["11112222", "33334444"];

it("sets an app with codes, shows its key as a picture and as text, and the recovery codes once", async () => {
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "POST /api/v1/accounts/account/totp/options/": { secret: "ABCDEFGHIJKLMNOP", uri: "otpauth://totp/x?secret=ABC" },
    "POST /api/v1/accounts/account/totp/": json({ recovery_codes: CODES }, 201),
  });
  await user.click(await screen.findByRole("button", { name: "Dodaj aplikację z kodami" }));
  expect(await screen.findByRole("img", { name: "Kod QR z kluczem dla aplikacji" })).toBeVisible();
  expect(screen.getByText("ABCD EFGH IJKL MNOP")).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: /^Kod z aplikacji/ }), "123 456");
  await user.click(screen.getByRole("button", { name: "Włącz" }));
  const codes = within(await screen.findByRole("list", { name: "Kody zapasowe" }));
  expect(codes.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual(CODES);
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/account/totp/")).toEqual([{ code: "123456" }]);
  await user.click(screen.getByRole("button", { name: "Mam je zapisane" }));
  expect(screen.queryByText(CODES[0] as string)).not.toBeInTheDocument();
});

it("keeps the recovery codes on the screen when the new factor lifts the demand for one", async () => {
  let mustEnrol = true;
  const { user, router } = renderAt("/messaging/inbox", {
    ...CITY,
    "GET /api/v1/accounts/session/": () => ({ ...ADMINISTRATOR, must_enrol: mustEnrol }),
    "POST /api/v1/accounts/account/totp/options/": { secret: "ABCDEFGHIJKLMNOP", uri: "otpauth://totp/x?secret=ABC" },
    "POST /api/v1/accounts/account/totp/": () => {
      mustEnrol = false;
      return json({ recovery_codes: CODES }, 201);
    },
  });
  expect(await screen.findByText("Ustaw drugi składnik")).toBeVisible();
  expect(router.state.location.pathname).toBe("/accounts/me");
  await user.click(screen.getByRole("button", { name: "Dodaj aplikację z kodami" }));
  await screen.findByText("ABCD EFGH IJKL MNOP");
  await user.type(screen.getByRole("textbox", { name: /^Kod z aplikacji/ }), "123456");
  await user.click(screen.getByRole("button", { name: "Włącz" }));
  await waitFor(() => expect(screen.queryByText("Ustaw drugi składnik")).not.toBeInTheDocument());
  expect(screen.getByText(CODES[0] as string)).toBeVisible();
});

const NEEDED = () => problem(403, "Potwierdź, że to Ty.", [], "proof_needed");
const WITH_APP = {
  ...OWN,
  factors: [{ id: 7, kind: "totp", name: "TOTP", created_at: "2026-11-01T10:00:00Z", last_used_at: null }],
  recovery_codes_left: 9,
};

it("asks who presses before the last factor goes, and then goes on by itself", async () => {
  let isProved = false;
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/accounts/account/": WITH_APP,
    "DELETE /api/v1/accounts/account/factors/7/": () => (isProved ? json(null, 204) : NEEDED()),
    "POST /api/v1/accounts/account/proof/": async (request: Request) => {
      const { password } = (await request.json()) as { password: string };
      isProved = password === "sekret";
      const wrong = "Obecne hasło jest nieprawidłowe.";
      return isProved ? json(null, 204) : problem(422, wrong, [{ field: "password", detail: wrong }], "wrong_password");
    },
  });
  expect(await screen.findByText("9 niewykorzystanych")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Usuń aplikację z kodami" }));
  const question = within(await screen.findByRole("dialog", { name: /^Usunąć/ }));
  expect(question.getByText(/do logowania wystarczy hasło/)).toBeVisible();
  await user.click(question.getByRole("button", { name: "Usuń" }));

  const dialog = within(await screen.findByRole("dialog", { name: "Potwierdź, że to Ty" }));
  await user.type(await dialog.findByLabelText(/^Hasło do OPIUM/, { selector: "input" }), "zle");
  await user.click(dialog.getByRole("button", { name: "Potwierdź" }));
  expect(await dialog.findByText("Obecne hasło jest nieprawidłowe.")).toBeVisible();
  await user.clear(dialog.getByLabelText(/^Hasło do OPIUM/, { selector: "input" }));
  await user.type(dialog.getByLabelText(/^Hasło do OPIUM/, { selector: "input" }), "sekret");
  await user.click(dialog.getByRole("button", { name: "Potwierdź" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  const removals = asked.filter(({ method, url }) => method === "DELETE" && url.endsWith("/factors/7/"));
  expect(removals).toHaveLength(2);
});

it("sends what was typed once more after the proof, and says so when there was none", async () => {
  let isProved = false;
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/accounts/account/": WITH_APP,
    "PUT /api/v1/accounts/account/email/": () => (isProved ? json(null, 202) : NEEDED()),
    "POST /api/v1/accounts/account/proof/": () => {
      isProved = true;
      return json(null, 204);
    },
  });
  await user.click(await screen.findByRole("button", { name: "Zmień adres" }));
  await user.type(screen.getByRole("textbox", { name: /^Nowy adres/ }), "ala@example.org");
  await user.click(screen.getByRole("button", { name: "Wyślij odnośnik" }));
  const first = within(await screen.findByRole("dialog", { name: "Potwierdź, że to Ty" }));
  await user.click(await first.findByRole("button", { name: "Anuluj" }));
  expect(await screen.findByText(/Nie potwierdzono, że to Ty/)).toBeVisible();
  expect(screen.getByRole("textbox", { name: /^Nowy adres/ })).toHaveValue("ala@example.org");

  await user.click(screen.getByRole("button", { name: "Wyślij odnośnik" }));
  const again = within(await screen.findByRole("dialog", { name: "Potwierdź, że to Ty" }));
  await user.click(await again.findByRole("button", { name: "Podaj kod zamiast hasła" }));
  await user.type(again.getByRole("textbox", { name: /^Kod z aplikacji/ }), "123 456");
  await user.click(again.getByRole("button", { name: "Potwierdź" }));

  expect(await screen.findByText(/Na adres ala@example.org wysłaliśmy odnośnik/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/account/proof/")).toEqual([{ code: "123456" }]);
  expect((await bodiesOf(asked, "PUT", "/api/v1/accounts/account/email/")).at(-1)).toEqual({
    email: "ala@example.org",
  });
});

it("lets who has no password prove it where they sign in, or set one", async () => {
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/accounts/account/": { ...OWN, has_password: false, factors: [] },
    "GET /api/v1/accounts/sign-in-ways/": [{ code: "miasto", name: "Urząd Miasta" }],
    "POST /api/v1/accounts/account/totp/options/": NEEDED,
    "POST /api/v1/accounts/password/forgotten/": () => json(null, 202),
  });
  await user.click(await screen.findByRole("button", { name: "Dodaj aplikację z kodami" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Potwierdź, że to Ty" }));
  expect(await dialog.findByRole("button", { name: "Zaloguj się przez: Urząd Miasta" })).toBeVisible();
  await user.click(dialog.getByRole("button", { name: "Wyślij mi odnośnik do ustawienia hasła" }));
  expect(await dialog.findByText(/jest w drodze na adres/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/password/forgotten/")).toEqual([{ email: OWN.email }]);
});

it("changes the password and tells which field was refused", async () => {
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "PUT /api/v1/accounts/account/password/": problem(422, "Hasło jest za słabe.", [
      { field: "password", detail: "To hasło jest zbyt popularne." },
    ]),
  });
  await user.click(await screen.findByRole("button", { name: "Zmień hasło" }));
  await user.type(screen.getByLabelText(/^Obecne hasło/, { selector: "input" }), "stare");
  await user.type(screen.getByLabelText(/^Nowe hasło/, { selector: "input" }), "qwerty12");
  await user.click(screen.getByRole("button", { name: "Zapisz hasło" }));
  expect(await screen.findByText("To hasło jest zbyt popularne.")).toBeVisible();
  expect(await bodiesOf(asked, "PUT", "/api/v1/accounts/account/password/")).toEqual([
    { current: "stare", password: "qwerty12" },
  ]);
});

it("ends another session, never this one", async () => {
  const session = {
    address: "10.0.0.1",
    agent: "Firefox/140 Windows",
    started_at: null,
    seen_at: "2026-11-23T10:00:00Z",
  };
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/accounts/account/sessions/": [
      { ...session, id: "s1", is_current: true },
      { ...session, id: "s2", is_current: false },
    ],
    "DELETE /api/v1/accounts/account/sessions/s2/": () => json(null, 204),
  });
  const buttons = await screen.findAllByRole("button", { name: /^Zakończ: Firefox, Windows/ });
  expect(buttons).toHaveLength(1);
  await user.click(buttons[0] as HTMLElement);
  await waitFor(() => expect(asked.some(({ url }) => url.endsWith("/sessions/s2/"))).toBe(true));
});

const KIND: Schemas["NotificationSettingOut"] = {
  version: "v1",
  kind: "messaging.message",
  module: "messaging",
  module_label: "Wiadomości",
  label: "Nowa wiadomość",
  sentence: "Gdy przyjdzie wiadomość do Ciebie albo do Twojej jednostki.",
  channel: "at_once",
  default: "at_once",
  is_fixed: false,
};

it("chooses how a kind of news comes, at once, and leaves letters about safety alone", async () => {
  const fixed = { ...KIND, kind: "accounts.security", module: "accounts", label: "Bezpieczeństwo", is_fixed: true };
  const { user, asked } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/notifications/settings/": [KIND, fixed],
    "PATCH /api/v1/notifications/settings/": [{ ...KIND, channel: "digest" }, fixed],
  });
  const choice = await screen.findByRole("combobox", { name: "Jak powiadamiać: Nowa wiadomość" });
  expect(choice).toHaveDisplayValue("od razu e-mailem");
  await user.selectOptions(choice, "raz dziennie, w zbiorczym liście");
  await waitFor(() => expect(choice).toHaveDisplayValue("raz dziennie, w zbiorczym liście"));
  expect(await bodiesOf(asked, "PATCH", "/api/v1/notifications/settings/")).toEqual([
    { kind: "messaging.message", channel: "digest" },
  ]);
  expect(screen.queryByRole("combobox", { name: /Bezpieczeństwo/ })).not.toBeInTheDocument();
  const fixedOnes = within(screen.getByRole("list", { name: "Powiadomienia: zawsze e-mailem" }));
  expect(fixedOnes.getByText("Bezpieczeństwo")).toBeVisible();
});

it("leaves a refused choice of news as it was and says why", async () => {
  const { user } = renderAt("/accounts/me", {
    ...CITY,
    "GET /api/v1/notifications/settings/": [KIND],
    "PATCH /api/v1/notifications/settings/": problem(422, "Nie ma takiego powiadomienia."),
  });
  const choice = await screen.findByRole("combobox", { name: "Jak powiadamiać: Nowa wiadomość" });
  await user.selectOptions(choice, "tylko pod dzwonkiem");
  expect(await screen.findByText("Nie ma takiego powiadomienia.")).toBeVisible();
  expect(choice).toHaveDisplayValue("od razu e-mailem");
});

it("shows the first of many sessions, and the rest when asked", async () => {
  const sessions = Array.from({ length: 8 }, (_, number) => ({
    id: `s${number}`,
    address: "10.0.0.1",
    agent: "Firefox/140 Windows",
    started_at: null,
    seen_at: "2026-11-23T10:00:00Z",
    is_current: number === 0,
  }));
  const { user } = renderAt("/accounts/me", { ...CITY, "GET /api/v1/accounts/account/sessions/": sessions });
  const list = within(await screen.findByRole("list", { name: "Sesje" }));
  expect(list.getAllByRole("listitem")).toHaveLength(5);
  await user.click(screen.getByRole("button", { name: "Pokaż wszystkie (8)" }));
  expect(list.getAllByRole("listitem")).toHaveLength(8);
});

it("shows a new API key once and only offers rights that the person has", async () => {
  const { user, asked } = renderAt("/accounts/tokens/new", {
    ...CITY,
    "GET /api/v1/accounts/session/": {
      ...ADMINISTRATOR,
      permissions: ["accounts.make_tokens", "directory.view_units", "messaging.keep_own_inbox"],
    },
    "POST /api/v1/accounts/tokens/": json({ secret: "opium_abc" }, 201),
  });
  await user.type(await screen.findByRole("textbox", { name: /^Nazwa/ }), "eksport");
  await user.type(screen.getByRole("textbox", { name: /^Działa do/ }), "01.03.2027");
  await user.tab();
  expect(screen.queryByRole("checkbox", { name: "Zmienianie jednostek" })).not.toBeInTheDocument();
  expect(screen.getByRole("checkbox", { name: "Własna skrzynka" })).not.toBeChecked();
  await user.click(screen.getByRole("checkbox", { name: "Przeglądanie jednostek" }));
  await user.click(screen.getByRole("button", { name: "Utwórz klucz" }));
  expect(await screen.findByText("opium_abc")).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/tokens/")).toEqual([
    { name: "eksport", permissions: ["directory.view_units"], expires_at: "2027-03-01T22:59:00.000Z" },
  ]);
});

it("names browsers as people know them", () => {
  expect(browserName("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140")).toBe(
    "Edge, Windows",
  );
  expect(browserName("Mozilla/5.0 (iPhone; CPU like Mac OS X) AppleWebKit Version/18 Safari/604")).toBe("Safari, iOS");
  expect(browserName("")).toBe("Nieznana przeglądarka");
});

it("draws the screens dark for whoever asks for it, and remembers that", async () => {
  const { user } = renderAt("/accounts/me", CITY);
  const looks = await screen.findByRole("radiogroup", { name: "Kolory ekranu" });
  expect(within(looks).getByRole("radio", { name: /Tak jak w systemie/ })).toBeChecked();
  await user.click(within(looks).getByRole("radio", { name: "Ciemny" }));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
  expect(localStorage.getItem("mantine-color-scheme-value")).toBe("dark");
  await user.click(within(looks).getByRole("radio", { name: /Tak jak w systemie/ }));
  expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "light");
});
