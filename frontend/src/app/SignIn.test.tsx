import { screen, waitFor } from "@testing-library/react";
import { bodiesOf } from "@tests/messaging";
import { CLERK, json, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const NOBODY = { ...CLERK, person: null, permissions: [] };
const STRANGER = { "GET /api/v1/accounts/session/": NOBODY, "GET /api/v1/accounts/sign-in-ways/": [] };
const LETTER = {
  kind: "invitation",
  name: "Zofia Źrebak",
  email: "zofia@example.org",
  address: "zofia@example.org",
  expires_at: "2026-11-30T10:00:00Z",
  factors: [],
  takes_recovery_code: true,
};

it("asks for the second factor after the password and goes on to where the person was going", async () => {
  const { user, asked, router } = renderAt("/directory/units?kind=sp", {
    ...STRANGER,
    "POST /api/v1/accounts/session/": { ...NOBODY, second_factor: ["recovery_codes", "totp"] },
    "POST /api/v1/accounts/session/code/": CLERK,
  });
  await user.type(await screen.findByRole("textbox", { name: /^Adres e-mail/ }), "anna@example.org");
  await user.type(screen.getByLabelText(/^Hasło/, { selector: "input" }), "haslo");
  await user.click(screen.getByRole("button", { name: "Zaloguj się" }));
  await user.type(await screen.findByRole("textbox", { name: /^Kod z aplikacji/ }), "123 456");
  await user.click(screen.getByRole("button", { name: "Dalej" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units"));
  expect(router.state.location.search).toBe("?kind=sp");
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/session/code/")).toEqual([{ code: "123456" }]);
});

it("goes on with a second step that was begun before a reload, and says when the code is wrong", async () => {
  const { user } = renderAt("/sign-in", {
    ...STRANGER,
    "GET /api/v1/accounts/session/": { ...NOBODY, second_factor: ["totp"] },
    "POST /api/v1/accounts/session/code/": problem(422, "Kod albo klucz jest nieprawidłowy.", [], "wrong_factor"),
  });
  const code = await screen.findByRole("textbox", { name: /^Kod z aplikacji/ });
  await user.type(code, "000000");
  await user.click(screen.getByRole("button", { name: "Dalej" }));
  expect(await screen.findByText("Kod albo klucz jest nieprawidłowy.")).toBeVisible();
  expect(code).toHaveValue("000000");
});

it("offers the city's own way in, and says why it failed", async () => {
  renderAt("/?sign-in=not_invited", {
    ...STRANGER,
    "GET /api/v1/accounts/sign-in-ways/": [{ code: "um", name: "Urząd Miasta" }],
  });
  expect(await screen.findByRole("button", { name: "Zaloguj się przez: Urząd Miasta" })).toBeVisible();
  expect(screen.getByText(/Nie masz tu konta/)).toBeVisible();
});

it("says the same for every address that forgot its password", async () => {
  const { user, asked } = renderAt("/forgotten-password", {
    ...STRANGER,
    "POST /api/v1/accounts/password/forgotten/": () => new Response(null, { status: 202 }),
  });
  await user.type(await screen.findByRole("textbox", { name: /^Adres e-mail/ }), "ktos@example.org");
  await user.click(screen.getByRole("button", { name: "Wyślij odnośnik" }));
  expect(await screen.findByText(/Jeśli konto z adresem ktos@example.org istnieje/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/password/forgotten/")).toEqual([
    { email: "ktos@example.org" },
  ]);
});

it("lets somebody invited set a password and come in, and puts the link's secret into no address", async () => {
  const { user, asked, router } = renderAt("/invitation#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": LETTER,
    "POST /api/v1/accounts/password/": () => json(null, 204),
    "POST /api/v1/accounts/session/": CLERK,
  });
  await user.type(await screen.findByLabelText(/^Nowe hasło/, { selector: "input" }), "trzy zielone konie");
  await user.click(screen.getByRole("button", { name: "Ustaw hasło i zaloguj się" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/password/")).toEqual([
    { token: "tajne", password: "trzy zielone konie", has_lost_factor: false, code: "" },
  ]);
  expect(asked.filter(({ url }) => url.includes("tajne"))).toEqual([]);
});

it("keeps the password in its field when it is too weak", async () => {
  const { user } = renderAt("/new-password#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": { ...LETTER, kind: "password" },
    "POST /api/v1/accounts/password/": problem(422, "Hasło jest za słabe.", [
      { field: "password", detail: "To hasło jest zbyt popularne." },
    ]),
  });
  const field = await screen.findByLabelText(/^Nowe hasło/, { selector: "input" });
  await user.type(field, "password");
  await user.click(screen.getByRole("button", { name: "Ustaw hasło i zaloguj się" }));
  expect(await screen.findByText("To hasło jest zbyt popularne.")).toBeVisible();
  expect(field).toHaveValue("password");
});

const WITH_APP = { ...LETTER, kind: "password", factors: ["totp"] };

it("reports a lost factor with the new password, and says who decides", async () => {
  const { user, asked } = renderAt("/new-password#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": WITH_APP,
    "POST /api/v1/accounts/password/": () => json(null, 204),
    "POST /api/v1/accounts/session/": { ...NOBODY, second_factor: ["totp"] },
  });
  await user.type(await screen.findByLabelText(/^Nowe hasło/, { selector: "input" }), "trzy zielone konie");
  expect(screen.getByRole("radio", { name: /^Mam go/ })).toBeChecked();
  expect(screen.queryByLabelText(/^Kod zapasowy/)).not.toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: /^Nie mam już dostępu/ }));
  await user.click(screen.getByRole("button", { name: "Ustaw hasło i zgłoś utratę" }));
  expect(await screen.findByText(/zdecyduje osoba, która prowadzi konta/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/password/")).toEqual([
    { token: "tajne", password: "trzy zielone konie", has_lost_factor: true, code: "" },
  ]);
});

it("takes a recovery code with the new password, and keeps all that was typed when it is wrong", async () => {
  const { user, asked } = renderAt("/new-password#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": WITH_APP,
    "POST /api/v1/accounts/password/": problem(422, "Kod jest zły.", [{ field: "code", detail: "Kod jest zły." }]),
  });
  const field = await screen.findByLabelText(/^Nowe hasło/, { selector: "input" });
  await user.type(field, "trzy zielone konie");
  await user.click(screen.getByRole("radio", { name: /^Nie mam już dostępu/ }));
  await user.type(screen.getByLabelText(/^Kod zapasowy/), "1234 5678");
  await user.click(screen.getByRole("button", { name: "Ustaw hasło i zaloguj się" }));
  expect(await screen.findByText("Kod jest zły.")).toBeVisible(); // at the field
  expect(screen.getByRole("link", { name: /^Kod zapasowy.*: Kod jest zły\.$/ })).toBeVisible(); // above the form
  expect(field).toHaveValue("trzy zielone konie");
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/password/")).toEqual([
    { token: "tajne", password: "trzy zielone konie", has_lost_factor: true, code: "12345678" },
  ]);
});

it("takes no recovery code where the city wants a second person to decide", async () => {
  const { user } = renderAt("/new-password#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": { ...WITH_APP, takes_recovery_code: false },
  });
  await user.click(await screen.findByRole("radio", { name: /^Nie mam już dostępu/ }));
  expect(screen.queryByLabelText(/^Kod zapasowy/)).not.toBeInTheDocument();
  expect(screen.getByText(/zdecyduje osoba, która prowadzi konta/)).toBeVisible();
});

it("says that a link has ended and where to ask for another", async () => {
  renderAt("/invitation#stare", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": problem(422, "Ten odnośnik już nie działa.", [], "link_ended"),
  });
  expect(await screen.findByText("Ten odnośnik już nie działa.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Poproś o nowy odnośnik do hasła" })).toBeVisible();
});

it("changes an address only when the button is pressed, not when the link is opened", async () => {
  const { user, asked } = renderAt("/confirm-email#tajne", {
    ...STRANGER,
    "POST /api/v1/accounts/links/look/": { ...LETTER, kind: "email", address: "nowa@example.org" },
    "POST /api/v1/accounts/email/": () => json(null, 204),
  });
  const button = await screen.findByRole("button", { name: "Potwierdź nowy adres" });
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/email/")).toEqual([]);
  await user.click(button);
  expect(await screen.findByText("Od teraz loguj się adresem nowa@example.org.")).toBeVisible();
  expect(await bodiesOf(asked, "POST", "/api/v1/accounts/email/")).toEqual([{ token: "tajne" }]);
});
