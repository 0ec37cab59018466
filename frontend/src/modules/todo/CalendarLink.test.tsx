import { screen, waitFor, within } from "@testing-library/react";
import { json, renderAt } from "@tests/render";
import { expect, it } from "vitest";

it("shows the secret address of the calendar once, and renews it after a question", async () => {
  const LINK = "/api/v1/todo/calendar-link/";
  let exists = false;
  const { user } = renderAt("/todo/calendar", {
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
  });
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
