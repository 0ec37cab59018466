import { DRAFT } from "@tests/procedure";
import { KINDS } from "@tests/stageKinds";
import { expect, it } from "vitest";
import {
  addStage,
  addTransition,
  type Draft,
  keyFrom,
  leaveFrom,
  leaving,
  missingKinds,
  readDraft,
  removeStage,
  reorderStage,
  reorderTransition,
} from "./draft";

const draft = readDraft(DRAFT);
const keys = ({ stages }: Draft) => stages.map(({ key }) => key);
const kind = (code: string) => {
  const found = KINDS.find((one) => one.code === code);
  if (!found) {
    throw new Error(code);
  }
  return found;
};

it("fills in what a document leaves out, and keeps what it does not know", () => {
  const read = readDraft({ name: "X", stages: [{ key: "a", deadline: { days: 3 }, colour: "red" }], made_by: "Y" });
  expect(read.stages[0]).toMatchObject({
    key: "a",
    kind: "",
    letters: [],
    visible_to: {},
    deadline: { days: 3, counted: "calendar", remind_before: [] },
    colour: "red",
  });
  expect(read).toMatchObject({ name: "X", made_by: "Y", transitions: [], limits: { per_unit: "" } });
  expect(readDraft(null).stages).toEqual([]);
});

it("makes keys that the server takes, each once", () => {
  expect(keyFrom("Ocena formalna – część 1", [])).toBe("ocena_formalna_czesc_1");
  expect(keyFrom("2. Żółta ścieżka", [])).toBe("zolta_sciezka");
  expect(keyFrom("Ocena", ["ocena", "ocena_2"])).toBe("ocena_3");
  expect(keyFrom("???", [])).toBe("etap");
});

it("gives a new stage of the applicant's kind to the applicant, an end to nobody", () => {
  const added = addStage(draft, kind("correction"), "Druga poprawa");
  expect(added.key).toBe("druga_poprawa");
  expect(added.draft.stages.at(-1)).toMatchObject({
    function: "applicant",
    visible_to: {},
  });
  expect(addStage(draft, kind("closing"), "Koniec").draft.stages.at(-1)).toMatchObject({ function: "" });
});

it("takes away a stage with every transition that touches it", () => {
  const without = removeStage(draft, "poprawa");
  expect(keys(without)).not.toContain("poprawa");
  expect(without.transitions.map(({ key }) => key)).toEqual(["zloz", "dalej", "odrzuc", "przyznaj", "odmow"]);
});

it("moves a stage by one place, and not past the ends", () => {
  expect(keys(reorderStage(draft, "ocena", -1)).slice(0, 2)).toEqual(["ocena", "zlozenie"]);
  expect(reorderStage(draft, "zlozenie", -1).stages).toEqual(draft.stages);
  expect(reorderStage(draft, "odmowa", 1).stages).toEqual(draft.stages);
});

it("changes the order of transitions within their stage alone", () => {
  const moved = reorderTransition(draft, { from: "ocena", key: "odrzuc" }, -1);
  expect(leaving(moved, "ocena").map(({ key }) => key)).toEqual(["dalej", "odrzuc", "wezwij"]);
  expect(leaving(moved, "decyzja")).toEqual(leaving(draft, "decyzja"));
});

it("gives transitions of one stage different keys, those of two stages may share one", () => {
  const given = { from: "ocena", to: "odmowa", on: "rejected", label: "Odrzuć", tone: "negative" as const };
  expect(addTransition(draft, given).way).toEqual({ from: "ocena", key: "odrzuc_2" });
  expect(addTransition(draft, { ...given, from: "decyzja" }).way).toEqual({ from: "decyzja", key: "odrzuc" });
  const both = addTransition(draft, { ...given, from: "decyzja" }).draft;
  expect(leaveFrom(both, { from: "decyzja", key: "odrzuc" }, "ocena", "rejected").way.key).toBe("odrzuc_2");
});

it("tells the kinds of stages without which nothing can be published", () => {
  const bare = { ...draft, stages: [] };
  expect([...missingKinds(bare, KINDS)].sort()).toEqual(["closing", "submission"]);
  expect([...missingKinds({ ...bare, applicant: "office" }, KINDS)]).toEqual(["closing"]);
  expect([...missingKinds(draft, KINDS)]).toEqual([]);
});
