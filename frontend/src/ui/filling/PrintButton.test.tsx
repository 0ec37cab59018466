import { screen, waitFor } from "@testing-library/react";
import { making } from "@tests/making";
import { json, problem, renderAlone, withNotices } from "@tests/render";
import { expect, it } from "vitest";
import { PrintButton } from "./PrintButton";

const WITH_NOTICES = withNotices(<PrintButton sheet="s1" />);
const PRINT = "POST /api/v1/forms/sheets/s1/print/";
const MADE = "GET /api/v1/files/makings/m1/";

it("asks for the print, waits for it, and becomes the link to it under the finger", async () => {
  let looked = 0;
  const { user, asked } = renderAlone(<PrintButton sheet="s1" version={2} />, {
    [PRINT]: () => json({ id: "m1" }, 202),
    [MADE]: () => (++looked === 1 ? making("running") : making("done", { has_file: true })),
  });
  await user.click(screen.getByRole("button", { name: "Drukuj (PDF)" }));
  expect(await screen.findByText("Przygotowujemy wydruk.")).toBeInTheDocument();
  const link = await screen.findByRole("link", { name: "Otwórz wydruk (PDF)" });
  expect(link).toHaveAttribute("href", "/api/v1/files/makings/m1/download/");
  expect(link).toHaveFocus();
  expect(screen.getByRole("status")).toHaveTextContent("Wydruk jest gotowy.");
  expect(await asked.find(({ method }) => method === "POST")?.json()).toEqual({ version: 2 });
  await user.click(link);
  expect(await screen.findByRole("button", { name: "Drukuj (PDF)" })).toBeVisible();
});

it("says once why nothing was printed, and can be pressed again", async () => {
  const { user } = renderAlone(WITH_NOTICES, {
    [PRINT]: () => json({ id: "m1" }, 202),
    [MADE]: making("failed", { failure: "Dokument jest za duży." }),
  });
  await user.click(screen.getByRole("button", { name: "Drukuj (PDF)" }));
  expect(await screen.findByText("Dokument jest za duży.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Drukuj (PDF)" })).toBeEnabled();
});

it("tells what the server refuses at once", async () => {
  const { user } = renderAlone(WITH_NOTICES, { [PRINT]: problem(404, "Nie ma takiej wersji.") });
  await user.click(screen.getByRole("button", { name: "Drukuj (PDF)" }));
  await waitFor(() => expect(screen.getByText("Nie ma takiej wersji.")).toBeVisible());
});
