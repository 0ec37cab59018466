import { screen, waitFor, within } from "@testing-library/react";
import { CLERK, page, renderAt } from "@tests/render";
import { expect, it } from "vitest";

const unit = (id: string, short_name: string) => ({
  ...{
    id,
    short_name,
    name: `Szkoła ${short_name}`,
    kind: { code: "sp", name: "Szkoła podstawowa" },
    street: "",
    postal_code: "",
  },
  ...{ city: "", phone: "", email: "", nip: "", regon: "", rspo_numbers: [], closed_on: null },
});

const SERVER = {
  "GET /api/v1/directory/units/": page([unit("u1", "SP 1"), unit("u2", "SP 10")]),
  "GET /api/v1/directory/units/u2/": {
    ...unit("u2", "SP 10"),
    building: "",
    flat: "",
    website: "",
    edoreczenia: "",
    entries: [],
    people: [],
    can: [],
  },
  "GET /api/v1/directory/groups/": page([]),
};

it("opens with Ctrl-K and goes to a screen by its name, without Polish tails", async () => {
  const { user, router } = renderAt("/directory/groups", SERVER);
  await screen.findByRole("heading", { level: 1 });
  await user.keyboard("{Control>}k{/Control}");
  const dialog = within(await screen.findByRole("dialog", { name: "Szukaj" }));
  await user.type(dialog.getByRole("combobox"), "JEDNÓSTKI");
  await dialog.findByRole("option", { name: /^Jednostki/ });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units"));
});

it("finds units and is worked with arrows", async () => {
  const { user, router } = renderAt("/directory/groups", SERVER);
  await user.click(await screen.findByRole("button", { name: /^Szukaj/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Szukaj" }));
  const box = dialog.getByRole("combobox");
  await user.type(box, "sp");
  await dialog.findByRole("option", { name: /SP 10/ });
  await user.keyboard("{Enter}"); // neither is exactly what was typed
  expect(router.state.location.pathname).toBe("/directory/groups");
  await user.keyboard("{ArrowDown}{ArrowDown}");

  const chosen = dialog.getByRole("option", { selected: true });
  expect(chosen).toHaveTextContent("SP 10");
  expect(box).toHaveAttribute("aria-activedescendant", chosen.id);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units/u2"));
});

it("goes with Enter to the unit of exactly the short name that was typed", async () => {
  const { user, router } = renderAt("/directory/groups", {
    ...SERVER,
    "GET /api/v1/messaging/inbox/": page([{ id: "d1", subject: "SP 10 i inne", sender: "Jan" }]),
  });
  await user.click(await screen.findByRole("button", { name: /^Szukaj/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Szukaj" }));
  await user.type(dialog.getByRole("combobox"), "sp 10");
  await dialog.findByRole("option", { name: /Szkoła SP 10/, selected: true });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/directory/units/u2"));
});

it("asks only what the person may see", async () => {
  const { user, asked } = renderAt("/directory/groups", {
    ...SERVER,
    "GET /api/v1/accounts/session/": {
      ...CLERK,
      modules: [...CLERK.modules, "forms", "procedures"],
      permissions: ["directory.view_units"],
    },
  });
  await user.click(await screen.findByRole("button", { name: /^Szukaj/ }));
  const dialog = within(await screen.findByRole("dialog", { name: "Szukaj" }));
  await user.type(dialog.getByRole("combobox"), "sp 10");
  await dialog.findByRole("option", { name: /Szkoła SP 10/ });
  const searched = asked.map(({ url }) => new URL(url)).filter(({ searchParams }) => searchParams.has("search"));
  expect(new Set(searched.map(({ pathname }) => pathname))).toEqual(
    new Set(["/api/v1/directory/units/", "/api/v1/messaging/inbox/"]),
  );
});
