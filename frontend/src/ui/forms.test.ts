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

/** Whose button waits for something, and for what. What makes a draft complete the server says; the list may only become shorter. */
const WAITING: Readonly<Record<string, string>> = {
  "./EditForm.tsx": "it is the form itself",
  "../app/ProofDialog.tsx": "a key or an empty password proves nothing, and each try is counted",
  "../modules/accounts/TotpSetup.tsx": "the secret is not made yet",
  "../modules/procedures/ActionDialog.tsx": "the server says that the step is blocked, and why",
  "../modules/procedures/CaseNew.tsx":
    "without a procedure there is no address to ask; whether it may start the server says",
  "../modules/procedures/FunctionField.tsx": "a part of a draft that is still here: its key is made from its name",
  "../modules/procedures/LetterTemplateDialogs.tsx": "the file is still being sent",
  "../modules/procedures/ProcedureNew.tsx": "without the original or the file there is no address to ask",
  "../modules/procedures/StageNew.tsx": "a part of a draft that is still here: its kind says what it holds",
  "../modules/procedures/TransitionNew.tsx": "a part of a draft that is still here: its two ends make it",
};

it("lets every button be pressed, but for those that say what they wait for", () => {
  const waiting = Object.entries(screens).filter(([, source]) => source.includes("isIncomplete"));
  expect(waiting.map(([path]) => path).sort()).toEqual(Object.keys(WAITING).sort());
});
