import { screen, within } from "@testing-library/react";
import { CASE } from "@tests/case";
import { renderAlone } from "@tests/render";
import { expect, it } from "vitest";
import { CaseVotes } from "./CaseVotes";
import type { CaseDetails } from "./nouns";

const score = (person: string, points: string | null, more: object = {}): CaseDetails["votes"][number] => ({
  ...(CASE.votes[0] as CaseDetails["votes"][number]),
  id: `${person} ${points}`,
  person,
  points,
  is_valid: true,
  stage: "komisja",
  stage_name: "Ocena komisji",
  ...more,
});

it("draws the valid scores of a stage as dots with their table, and nothing where there is one alone", async () => {
  renderAlone(
    <CaseVotes
      votes={[
        score("Jolanta Łuczak", "55"),
        score("Paweł Gajewski", "92"),
        score("Danuta Ostrowska", "10", { is_valid: false }),
        score("Jan Kowalski", "70", { stage: "inny", stage_name: "Druga ocena" }),
      ]}
      thresholds={[]}
    />,
  );
  const pictures = await screen.findAllByRole("figure");
  expect(pictures.map((picture) => picture.getAttribute("aria-label"))).toEqual(["Punkty: Ocena komisji"]);
  const rows = within(pictures[0] as HTMLElement).getAllByRole("row");
  expect(rows.slice(1).map(({ textContent }) => textContent)).toEqual(["Jolanta Łuczak55", "Paweł Gajewski92"]);
});

it("says which scores reach the threshold of the result, on the picture, in words and in the table", async () => {
  renderAlone(
    <CaseVotes
      votes={[score("Jolanta Łuczak", "55"), score("Paweł Gajewski", "50"), score("Danuta Ostrowska", "49.5")]}
      thresholds={[{ stage: "komisja", points: "50.00", of: "mean" }]}
    />,
  );
  const picture = await screen.findByRole("figure", { name: "Punkty: Ocena komisji" });
  expect(picture).toHaveTextContent("Próg dla średniej: 50 punktów. Osiąga go 2 z 3.");
  const rows = within(picture).getAllByRole("row");
  expect(rows.slice(1).map(({ textContent }) => textContent)).toEqual([
    "Jolanta Łuczak55 – wystarcza",
    "Paweł Gajewski50 – wystarcza",
    "Danuta Ostrowska49,5 – poniżej progu",
  ]);
});
