import { screen, waitFor } from "@testing-library/react";
import { json, problem, renderAlone, type Server } from "@tests/render";
import { beforeEach, expect, it, vi } from "vitest";
import { FileDrop } from "@/ui/FileDrop";
import { useUploads } from "@/ui/useUploads";

/** The network's edge for the bytes: answers each PUT with the next of these statuses, 0 being a broken line. */
let statuses: number[] = [];
let puts: { url: string; headers: Record<string, string>; body: unknown }[] = [];

class FakeRequest {
  upload: { onprogress?: (event: object) => void } = {};
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  private readonly sent = { url: "", headers: {} as Record<string, string>, body: undefined as unknown };

  open(_method: string, url: URL) {
    this.sent.url = url.href;
  }
  setRequestHeader(name: string, value: string) {
    this.sent.headers[name] = value;
  }
  abort() {}
  send(body: File) {
    puts.push({ ...this.sent, body });
    this.status = statuses.shift() ?? 200;
    this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 });
    queueMicrotask(() => (this.status === 0 ? this.onerror?.() : this.onload?.()));
  }
}

beforeEach(() => {
  statuses = [];
  puts = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
});

const SLOT = {
  id: "u1",
  url: "/storage/u1",
  method: "PUT",
  headers: { "X-Sum": "1" },
  expires_at: "2026-11-23T12:00:00Z",
};
const STORED = { id: "f1", name: "ankieta.xlsx", size: 3, sha256: "00", content_type: "x" };
const SERVER: Server = {
  "POST /api/v1/files/uploads/": () => json(SLOT, 201),
  "POST /api/v1/files/uploads/u1/finish/": STORED,
};

function Answer() {
  const uploads = useUploads({ endings: [".xlsx"], maxSize: 1000 });
  return (
    <>
      <FileDrop label="Pliki odpowiedzi" uploads={uploads} />
      <output>{uploads.isSending ? "wysyłam" : uploads.stored.map(({ id }) => id).join()}</output>
    </>
  );
}

const workbook = (name = "ankieta.xlsx", content = "abc") => new File([content], name);
const choose = async (user: ReturnType<typeof renderAlone>["user"], ...files: File[]) =>
  user.upload(screen.getByLabelText("Pliki odpowiedzi", { selector: "input" }), files);

it("asks for a slot, sends the bytes there, and has the server finish", async () => {
  const { user, asked } = renderAlone(<Answer />, SERVER);
  await choose(user, workbook());

  await screen.findByRole("img", { name: "Przesłano" });
  expect(screen.getByText("f1")).toBeVisible();
  expect(await asked[0]?.json()).toEqual({ name: "ankieta.xlsx", size: 3 });
  expect(puts).toHaveLength(1);
  expect(puts[0]).toMatchObject({ url: `${window.location.origin}/storage/u1`, headers: { "X-Sum": "1" } });
});

it("shows the server's sentence when it refuses the file", async () => {
  const detail = "Plik nie jest skoroszytem. Zapisz go jako xlsx i wybierz ponownie.";
  const { user } = renderAlone(<Answer />, {
    ...SERVER,
    "POST /api/v1/files/uploads/u1/finish/": () => problem(422, detail),
  });
  await choose(user, workbook());
  expect(await screen.findByText(detail)).toHaveAttribute("role", "alert");
  expect(screen.queryByRole("button", { name: "Ponów" })).not.toBeInTheDocument();
});

it("lets the person send again after the line broke", async () => {
  statuses = [0];
  const { user } = renderAlone(<Answer />, SERVER);
  await choose(user, workbook());

  await user.click(await screen.findByRole("button", { name: "Ponów" }));
  await screen.findByRole("img", { name: "Przesłano" });
  expect(puts).toHaveLength(2);
});

it.each([
  [workbook("pusty.xlsx", ""), "Ten plik jest pusty."],
  [workbook("duzy.xlsx", "x".repeat(1500)), "Ten plik ma 1,5 kB, a największy dopuszczalny ma 1 kB."],
  [workbook("zdjecie.png"), "Dopuszczalne: .xlsx."],
])("does not send what cannot be right (%#)", async (file, sentence) => {
  const { user, asked } = renderAlone(<Answer />, SERVER);
  await choose(user, file);
  expect(await screen.findByRole("alert")).toHaveTextContent(sentence);
  expect(asked).toEqual([]);
});

it("forgets a file that was removed", async () => {
  const { user } = renderAlone(<Answer />, SERVER);
  await choose(user, workbook());
  await screen.findByRole("img", { name: "Przesłano" });
  await user.click(screen.getByRole("button", { name: "Usuń ankieta.xlsx" }));
  await waitFor(() => expect(screen.queryByText("ankieta.xlsx")).not.toBeInTheDocument());
  expect(screen.queryByText("f1")).not.toBeInTheDocument();
});

it("says that a file is being checked and what holds that up, and takes it only then", async () => {
  const heldUp = "Program antywirusowy serwera chwilowo nie odpowiada.";
  const answers = [
    { ...STORED, is_checked: false, held_up: heldUp },
    { ...STORED, is_checked: true, held_up: "" },
  ];
  const { user } = renderAlone(<Answer />, {
    ...SERVER,
    "POST /api/v1/files/uploads/u1/finish/": () => json({ ...STORED, is_checked: false, held_up: "" }, 202),
    "GET /api/v1/files/uploads/u1/": () => answers.shift() ?? {},
  });
  await user.upload(
    screen.getByLabelText("Pliki odpowiedzi", { selector: "input" }),
    new File(["abc"], "ankieta.xlsx"),
  );
  expect(await screen.findByText("Program antywirusowy sprawdza plik…")).toBeVisible();
  expect(screen.getByText("wysyłam")).toBeVisible();
  expect(await screen.findByText(heldUp, {}, { timeout: 3000 })).toBeVisible();
  expect(await screen.findByText("f1", {}, { timeout: 3000 })).toBeVisible();
  expect(screen.queryByText(heldUp)).not.toBeInTheDocument();
});
