import { TextInput } from "@mantine/core";
import { cleanup, screen } from "@testing-library/react";
import { renderAlone } from "@tests/render";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { Seen } from "@/api/client";
import { Problem } from "@/api/problem";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";

const LABELS = { name: "Nazwa", phone: "Telefon" };
const FIRST = { row: { name: "SP 1", phone: "1" }, version: "v1" };
const SECOND = { row: { name: "SP 1 im. Łokietka", phone: "1" }, version: "v2" };
const REFUSED = new Problem(409, "changed_meanwhile", "Ktoś zmienił to.", [], {
  at: "2026-11-30T10:00:00Z",
  who: "Ewa Lis",
  is_own: false,
  what: "Zmiana danych jednostki",
  fields: ["name"],
});

function Form({ onSave }: { onSave: (fields: typeof FIRST.row, seen: Seen) => void }) {
  const [shown, setShown] = useState(FIRST);
  const [error, setError] = useState<unknown>(null);
  const saving = { error, isPending: false };
  const form = useEdit({ begin: shown.row, version: shown.version, labels: LABELS, saving: [saving], keptAs: "unit" });
  return (
    <>
      <EditForm form={form} save="Zapisz" onSave={onSave}>
        <TextInput {...form.input("name")} />
        <TextInput {...form.input("phone")} />
      </EditForm>
      <button type="button" onClick={() => setShown(SECOND)}>
        read again
      </button>
      <button
        type="button"
        onClick={() => {
          setShown(SECOND);
          setError(REFUSED);
        }}
      >
        refuse
      </button>
    </>
  );
}

const show = () => {
  const onSave = vi.fn();
  return { ...renderAlone(<Form onSave={onSave} />), onSave };
};

beforeEach(() => sessionStorage.clear());

it("saves over what was seen, though the newest was read again while somebody typed", async () => {
  const { user, onSave } = show();
  await user.type(await screen.findByLabelText("Telefon"), "23");
  await user.click(screen.getByText("read again"));
  await user.click(screen.getByText("Zapisz"));
  expect(onSave).toHaveBeenCalledWith({ name: "SP 1", phone: "123" }, { "If-Match": '"v1"' });
});

it("shows the newest while nothing is typed, and saves over that", async () => {
  const { user, onSave } = show();
  await user.click(await screen.findByText("read again"));
  expect(screen.getByLabelText("Nazwa")).toHaveValue("SP 1 im. Łokietka");
  await user.click(screen.getByText("Zapisz"));
  expect(onSave).toHaveBeenCalledWith(SECOND.row, { "If-Match": '"v2"' });
});

it("tells who changed what, and keeps mine in the fields that I typed in and theirs in the others", async () => {
  const { user, onSave } = show();
  await user.type(await screen.findByLabelText("Telefon"), "23");
  await user.click(screen.getByText("refuse"));
  const dialog = await screen.findByRole("dialog", { name: "Zmieniono to w międzyczasie" });
  expect(dialog).toHaveTextContent("Ewa Lis, 30.11.2026");
  expect(dialog).toHaveTextContent("Zmiana danych jednostki");
  expect(screen.getByRole("row", { name: "Nazwa SP 1 im. Łokietka bez zmian" })).toBeVisible();
  await user.click(screen.getByText("Zachowaj moje zmiany"));
  await user.click(screen.getByText("Zapisz"));
  expect(onSave).toHaveBeenLastCalledWith({ name: "SP 1 im. Łokietka", phone: "123" }, { "If-Match": '"v2"' });
});

it("takes theirs, when asked to", async () => {
  const { user } = show();
  await user.type(await screen.findByLabelText("Nazwa"), " stara");
  await user.click(screen.getByText("refuse"));
  await user.click(await screen.findByText("Wczytaj tamte zmiany"));
  expect(screen.getByLabelText("Nazwa")).toHaveValue("SP 1 im. Łokietka");
  expect(sessionStorage).toHaveLength(0);
});

it("saves what an earlier visit left as a change of what stood there then", async () => {
  const first = show();
  await first.user.type(await screen.findByLabelText("Telefon"), "23");
  cleanup();
  const { user, onSave } = show();
  await user.click(await screen.findByText("read again"));
  expect(screen.getByLabelText("Telefon")).toHaveValue("123");
  await user.click(screen.getByText("Zapisz"));
  expect(onSave).toHaveBeenCalledWith({ name: "SP 1", phone: "123" }, { "If-Match": '"v1"' });
});
