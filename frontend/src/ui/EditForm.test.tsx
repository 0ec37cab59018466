import { Checkbox, TextInput } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { Route, Routes } from "react-router";
import { beforeEach, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { TextLink } from "@/ui/TextLink";
import { type Saving, useEdit } from "@/ui/useEdit";

const LABELS = { name: "Nazwa", email: "Adres", day: "Dzień" };
const BEGIN = { name: "SP 1", email: "", day: null as string | null, is_open: false };
const QUIET: Saving = { error: null, isPending: false };

interface FormProps {
  saving?: Saving;
  keptAs?: string;
  isFleeting?: boolean;
  onSave: (fields: typeof BEGIN) => void;
}

function Form({ saving = QUIET, keptAs, isFleeting, onSave }: FormProps) {
  const form = useEdit({
    begin: BEGIN,
    labels: LABELS,
    saving: [saving],
    keptAs,
    isFleeting,
    lacking: ({ name }) => (name.startsWith("SP") ? {} : { name: "Zacznij od „SP”." }),
  });
  return (
    <>
      <TextLink to="/elsewhere">Gdzie indziej</TextLink>
      <EditForm form={form} refused="Nie zapisano" save="Zapisz" cancel={form.reset} onSave={onSave}>
        <TextInput {...form.input("name")} />
        <TextInput {...form.input("email", "contact")} />
        <DayField {...form.choice("day")} />
        <Checkbox label="Czynna" {...form.check("is_open")} />
      </EditForm>
      <output data-testid="changes">{JSON.stringify(form.changes)}</output>
    </>
  );
}

const show = (props: Partial<FormProps> = {}) => {
  const onSave = vi.fn();
  const shown = renderAlone(
    <Routes>
      <Route path="/" element={<Form onSave={onSave} {...props} />} />
      <Route path="/elsewhere" element={<h1>Gdzie indziej</h1>} />
    </Routes>,
  );
  return { ...shown, onSave };
};

beforeEach(() => sessionStorage.clear());

it("gives what was typed to whoever saves it, and knows what differs from what stood there", async () => {
  const { user, onSave } = show();
  await user.type(await screen.findByLabelText("Nazwa"), "0");
  await user.click(screen.getByLabelText("Czynna"));
  expect(screen.getByTestId("changes")).toHaveTextContent('{"name":"SP 10","is_open":true}');
  await user.type(screen.getByLabelText(/Dzień/), "24.11.2026");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  expect(onSave).toHaveBeenCalledExactlyOnceWith(
    { name: "SP 10", email: "", day: "2026-11-24", is_open: true },
    expect.anything(),
  );
});

it("leaves it to the server to say what is missing", async () => {
  const { user, onSave } = show();
  await user.click(await screen.findByRole("button", { name: "Zapisz" }));
  expect(onSave).toHaveBeenCalledExactlyOnceWith(BEGIN, expect.anything());
});

it("sends nothing while a field is filled in with what this screen knows to be wrong", async () => {
  const { user, onSave } = show();
  await user.clear(await screen.findByLabelText("Nazwa"));
  await user.type(screen.getByLabelText("Nazwa"), "LO 1");
  await user.click(screen.getByRole("button", { name: "Zapisz" }));
  expect(screen.getByLabelText("Nazwa")).toHaveAccessibleDescription("Zacznij od „SP”.");
  expect(onSave).not.toHaveBeenCalled();
});

it("names a field once, also where the sentence names it itself", async () => {
  const error = new Problem(400, "invalid", "Popraw pola.", [
    { field: "name", detail: "Nazwa jest już zajęta." },
    { field: "contact", detail: "To nie jest adres." },
    { field: "day", detail: "Ten dzień dopiero będzie." },
  ]);
  show({ saving: { ...QUIET, error } });
  await screen.findByRole("alert");
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "Nazwa jest już zajęta.",
    "To nie jest adres.",
    "Ten dzień dopiero będzie.",
  ]);
});

it("shows the server's refusal above the form and at each field, by the names of the API", async () => {
  const error = new Problem(400, "invalid", "Popraw pola.", [
    { field: "name", detail: "Za krótka." },
    { field: "contact", detail: "To nie jest adres." },
  ]);
  show({ saving: { ...QUIET, error } });
  expect(await screen.findByRole("alert")).toHaveTextContent("Nie zapisano");
  expect(screen.getByLabelText("Nazwa")).toHaveAccessibleDescription("Za krótka.");
  expect(screen.getByLabelText("Adres")).toHaveAccessibleDescription("To nie jest adres.");
});

it("asks before unsaved changes are left, and leaves at once when there are none", async () => {
  const { user, router } = show();
  await user.type(await screen.findByLabelText("Nazwa"), "0");
  await user.click(screen.getByRole("link", { name: "Gdzie indziej" }));
  const question = await screen.findByRole("dialog", { name: "Wyjść bez zapisania?" });
  expect(question).toBeVisible();
  await user.click(screen.getAllByRole("button", { name: "Anuluj" }).at(-1) as HTMLElement);
  expect(router.state.location.pathname).toBe("/");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());

  await user.click(screen.getByRole("button", { name: "Anuluj" }));
  expect(screen.getByLabelText("Nazwa")).toHaveValue("SP 1");
  await user.click(screen.getByRole("link", { name: "Gdzie indziej" }));
  expect(await screen.findByRole("heading", { name: "Gdzie indziej" })).toBeVisible();
});

it("does not ask while it is being saved", async () => {
  const { user } = show({ saving: { ...QUIET, isPending: true } });
  await user.type(await screen.findByLabelText("Nazwa"), "0");
  await user.click(screen.getByRole("link", { name: "Gdzie indziej" }));
  expect(await screen.findByRole("heading", { name: "Gdzie indziej" })).toBeVisible();
});

it("does not ask where there is little to lose", async () => {
  const { user } = show({ isFleeting: true });
  await user.type(await screen.findByLabelText("Nazwa"), "0");
  await user.click(screen.getByRole("link", { name: "Gdzie indziej" }));
  expect(await screen.findByRole("heading", { name: "Gdzie indziej" })).toBeVisible();
});

it("does not ask where the fields outlive the screen", async () => {
  const { user, router } = show({ keptAs: "proba" });
  await user.type(await screen.findByLabelText("Nazwa"), "0");
  await user.click(screen.getByRole("link", { name: "Gdzie indziej" }));
  await screen.findByRole("heading", { name: "Gdzie indziej" });
  await router.navigate("/");
  expect(await screen.findByLabelText("Nazwa")).toHaveValue("SP 10");
});
