import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { WaterLine, type WaterRow } from "./WaterLine";

const row = (number: number, amount: string, tied = 1): WaterRow => ({
  key: String(number),
  place: number,
  tied,
  name: `Wniosek ${number}`,
  asked: amount,
  amount,
  sentence: number === 4 ? "Środki skończyły się wyżej w rankingu." : "",
});
const ROWS = [row(1, "0.10"), row(2, "0.20"), row(3, "1500.00", 2), row(4, "700.00")];

function Ranking() {
  const [after, setAfter] = useState(2);
  return <WaterLine label="Ranking" rows={ROWS} after={after} onMove={setAfter} />;
}

function shown() {
  render(
    <MantineProvider>
      <Ranking />
    </MantineProvider>,
  );
  return screen.getByRole("slider", { name: "Linia podziału" });
}

it("tells how many stand above the line and their sum to the grosz", () => {
  expect(shown()).toHaveAttribute("aria-valuetext", "2 wnioski nad linią, razem 0,30\u00a0zł");
});

it("is moved by keys, one row or to an end, and the sum goes with it", async () => {
  const line = shown();
  line.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("slider")).toHaveAttribute(
    "aria-valuetext",
    "3 wnioski nad linią, razem 1\u00a0500,30\u00a0zł",
  );
  screen.getByRole("slider").focus();
  await userEvent.keyboard("{Home}");
  expect(screen.getByRole("slider")).toHaveAttribute("aria-valuenow", "0");
  screen.getByRole("slider").focus();
  await userEvent.keyboard("{ArrowUp}{End}");
  expect(screen.getByRole("slider")).toHaveAttribute("aria-valuenow", "4");
});

it("keeps the keyboard on the line while it moves through the table", async () => {
  shown().focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByRole("slider")).toHaveFocus();
  expect(screen.getByRole("slider")).toHaveAttribute("aria-valuenow", "4");
});

it("is dragged by the mouse and stays where it was let go", () => {
  const line = shown();
  fireEvent.pointerDown(line, { pointerId: 1 });
  fireEvent.pointerMove(screen.getByRole("slider"), { pointerId: 1, clientY: 10 });
  fireEvent.pointerUp(screen.getByRole("slider"), { pointerId: 1 });
  expect(screen.getByRole("slider")).toHaveAttribute("aria-valuenow", "4");
});

it("shows a tie, says why somebody is below, and gives no sum there", () => {
  shown();
  const [, , , , third, fourth] = within(screen.getByRole("table", { name: "Ranking" })).getAllByRole("row");
  expect(third).toHaveTextContent("remis");
  expect(fourth).toHaveTextContent("Środki skończyły się wyżej w rankingu.");
  expect(
    within(fourth as HTMLElement)
      .getAllByRole("cell")
      .at(-1),
  ).toHaveTextContent("–");
});
