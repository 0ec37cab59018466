import { screen } from "@testing-library/react";
import { city } from "@tests/procedures";
import { type CLERK, page, problem, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const DETAIL = "Serwer nie odpowiada.";
const refuse = () => problem(422, DETAIL);

/** What is said below the fields whose choices could not be read. */
const unread = async () => {
  await screen.findAllByText(/Nie udało się wczytać listy/);
  const sentences = screen.getAllByRole("alert").map(({ textContent }) => textContent);
  return sentences.filter((sentence) => sentence?.startsWith("Nie udało się wczytać listy"));
};

it("says which filters of cases could not read their choices", async () => {
  const server = city({
    "GET /api/v1/procedures/cases/": page([]),
    "GET /api/v1/procedures/procedures/": refuse,
    "GET /api/v1/procedures/procedures/p1/": refuse,
    "GET /api/v1/directory/units/": refuse,
  });
  const session = server["GET /api/v1/accounts/session/"] as typeof CLERK;
  renderAt("/procedures/cases?procedure=p1", {
    ...server,
    "GET /api/v1/accounts/session/": { ...session, permissions: [...session.permissions, "directory.view_units"] },
  });
  await screen.findByText(/listy „Jednostka”/);
  await screen.findByText(/listy „Etap”/);
  expect(await unread()).toEqual(
    ["Procedura", "Etap", "Jednostka"].map(
      (label) => `Nie udało się wczytać listy „${label}”. ${DETAIL} Spróbuj ponownie`,
    ),
  );
});

it("says that the fields of a letter could not be read", async () => {
  renderAt(
    "/procedures/letters",
    city({
      "GET /api/v1/procedures/letter-templates/": page([]),
      "GET /api/v1/procedures/letter-templates/fields/": refuse,
    }),
  );
  expect(await screen.findByRole("alert")).toHaveTextContent(/pól, których można użyć.*Serwer nie odpowiada/s);
});

it("says that the city's functions could not be read, beside those of the procedure", async () => {
  const server = city({ "GET /api/v1/accounts/functions/": refuse });
  const session = server["GET /api/v1/accounts/session/"] as typeof CLERK;
  const { user } = renderAt("/procedures/procedures/p1?view=outline", {
    ...server,
    "GET /api/v1/accounts/session/": { ...session, permissions: [...session.permissions, "accounts.manage_roles"] },
  });
  await user.click(await screen.findByRole("button", { name: /^2\. Ocena formalna/ }));
  const said = await unread();
  expect(new Set(said)).toEqual(
    new Set([`Nie udało się wczytać listy „Inne funkcje w mieście”. ${DETAIL} Spróbuj ponownie`]),
  );
});
