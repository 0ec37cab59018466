import { expect, it } from "vitest";

const screens = import.meta.glob<string>(["../**/*.tsx", "!../**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Forms that are no `EditForm`, and why. The list may only become shorter. */
const BY_HAND: Readonly<Record<string, string>> = {
  "./EditForm.tsx": "it is the form itself",
  "../modules/messaging/AnswerForm.tsx":
    "its files send themselves, and a refused workbook is a question, not an error",
  "../modules/messaging/DraftForm.tsx": "it saves itself as it is typed; its button only goes on to the question",
};

it("draws every form with EditForm, but for those that say why they are none", () => {
  const forms = Object.entries(screens).filter(([, source]) => source.includes("<form"));
  expect(forms.map(([path]) => path).sort()).toEqual(Object.keys(BY_HAND).sort());
});
