import { screen, within } from "@testing-library/react";
import { bodiesOf, SENT } from "@tests/messaging";
import { page, problem, renderAt, type Server } from "@tests/render";
import { expect, it } from "vitest";

const AT = "/messaging/messages/m1";
const ONE = "/api/v1/messaging/messages/m1/";
const CAN = ["export", "archive", "remind", "copy", "prolong", "recall", "add_recipients"];
const SILENT = {
  id: "d3",
  recipient: { kind: "unit", id: "u3", short_name: "SP 3", name: "Szkoła 3" },
  due_at: null,
  recalled_at: null,
  delivered_at: "2026-11-20T09:00:00Z",
  opened_at: null,
  opened_by: null,
  openings: 0,
  reminded_at: null,
  answered_at: null,
  answer_version: 0,
  answer_text: "",
  problem: "",
  entered: "",
  is_late: false,
  files: [],
};

const server = (more: Server = {}): Server => ({
  [`GET ${ONE}`]: { ...SENT, can: CAN },
  [`GET ${ONE}deliveries/`]: page([SILENT]),
  ...more,
});

async function choose(user: ReturnType<typeof renderAt>["user"], name: string) {
  await user.click(await screen.findByRole("button", { name: "Więcej" }));
  await user.click(await screen.findByRole("menuitem", { name, hidden: true }));
}

it("recalls a message and names who keeps it", async () => {
  const kept = [{ recipient: SILENT.recipient, opened_at: "2026-11-20T10:00:00Z", opened_by: "Ola Kos" }];
  const { user, asked } = renderAt(AT, server({ [`POST ${ONE}recall/`]: { recalled: 29, kept } }));
  await choose(user, "Wycofaj u tych, którzy nie otworzyli");
  const question = await screen.findByRole("dialog", { name: "Wycofać wiadomość?" });
  await user.click(within(question).getByRole("button", { name: "Wycofaj" }));
  const told = await screen.findByRole("dialog", { name: "Wycofano wiadomość" });
  expect(told).toHaveTextContent("Wycofano u: 29 adresatów.");
  expect(told).toHaveTextContent("SP 3 (Ola Kos, 20.11.2026");
  expect(await bodiesOf(asked, "POST", `${ONE}recall/`)).toEqual([{ deliveries: null }]);
});

it("says beside the field why a deadline cannot be set, and prolongs for chosen units alone", async () => {
  let isRefused = true;
  const { user, asked } = renderAt(
    AT,
    server({
      [`POST ${ONE}deadline/`]: () => {
        if (isRefused) {
          isRefused = false;
          const fields = [{ field: "due_at", detail: "Ten termin już minął. Podaj późniejszy." }];
          return problem(422, "Popraw.", fields, "wrong_deadline");
        }
        return { count: 1 };
      },
    }),
  );
  await choose(user, "Przesuń termin");
  const question = await screen.findByRole("dialog", { name: "Przesunąć termin odpowiedzi?" });
  await user.click(within(question).getByRole("radio", { name: "Wybrani adresaci" }));
  const press = within(question).getByRole("button", { name: "Przesuń termin" });
  expect(press).toBeDisabled();
  await user.type(within(question).getByRole("combobox", { name: "Którzy adresaci" }), "SP 3");
  await user.click(await screen.findByRole("option", { name: "SP 3", hidden: true }));
  await user.click(press);
  expect(await within(question).findByText("Ten termin już minął. Podaj późniejszy.")).toBeVisible();
  await user.click(press);
  expect(await screen.findByText(/Przesunięto termin: 1 adresat/)).toBeVisible();
  expect((await bodiesOf(asked, "POST", `${ONE}deadline/`))[1]).toMatchObject({ deliveries: ["d3"] });
});

it("begins a message to those who are silent", async () => {
  const { user } = renderAt(AT, {
    ...server(),
    "POST /api/v1/messaging/audience/": {
      units: 1,
      people: 0,
      named: "SP 3",
      after_do: "SP 3",
      undo_seconds: 10,
      acceptance: "none",
    },
    "GET /api/v1/directory/units/": page([{ id: "u3", short_name: "SP 3", name: "Szkoła 3" }]),
  });
  await choose(user, "Napisz do milczących");
  expect(await screen.findByLabelText("Temat")).toHaveValue("Dotyczy: Ankieta o obiadach");
  expect(await screen.findByText("Razem: SP 3")).toBeVisible();
});
