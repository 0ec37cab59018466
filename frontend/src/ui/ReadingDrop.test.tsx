import { cleanup, screen, waitFor } from "@testing-library/react";
import { bodiesOf, readingOf, takeUploads } from "@tests/messaging";
import { json, problem, renderAlone } from "@tests/render";
import { expect, it } from "vitest";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useReading } from "@/ui/useReading";

const ENDINGS = [".xlsx"];
const READINGS = "/api/v1/files/readings/";
const FILE = { id: "f1", name: "lista.xlsx", size: 3, sha256: "00", content_type: "x", is_checked: true, held_up: "" };
const told: string[] = [];

function Screen() {
  const reading = useReading({
    purpose: "tests.list",
    about: "t1",
    endings: ENDINGS,
    onRead: (file) => told.push(file),
  });
  return (
    <>
      <ReadingDrop label="Lista" endings={ENDINGS} reading={reading} refused="Nie odczytano listy" />
      <button type="button" onClick={reading.finish}>
        Po wszystkim
      </button>
      <output>{reading.isUnderWay ? "trwa" : (reading.file ?? "nic")}</output>
    </>
  );
}

const choose = () => screen.findByLabelText("Lista", { selector: "input" });

it("shows how the server reads the chosen file, and goes on by itself once it is read", async () => {
  told.length = 0;
  let state = "waiting";
  const { user, asked } = renderAlone(
    <Screen />,
    takeUploads(() => ({ state })),
  );
  await user.upload(await choose(), new File(["x"], "lista.xlsx"));
  expect(await screen.findByText("Plik czeka na odczytanie…")).toBeVisible();
  expect(screen.getByText(/Możesz opuścić tę stronę/)).toBeVisible();
  expect(await bodiesOf(asked, "POST", READINGS)).toEqual([
    { file: "file-lista.xlsx", purpose: "tests.list", about: "t1" },
  ]);
  state = "running";
  expect(await screen.findByText("Odczytuję plik…")).toBeVisible();
  expect(screen.getByText("trwa")).toBeVisible();
  state = "done";
  expect(await screen.findByText("file-lista.xlsx")).toBeVisible();
  expect(screen.queryByText("Odczytuję plik…")).not.toBeInTheDocument();
  expect(told).toEqual(["file-lista.xlsx"]);
});

it("finds after a reload what was read meanwhile, and lets go of it by a press", async () => {
  told.length = 0;
  let state = "running";
  let isThere = true;
  const server = {
    [`GET ${READINGS}`]: () => (isThere ? [readingOf(FILE, { state })] : []),
    [`DELETE ${READINGS}r1/`]: () => {
      isThere = false;
      return json(null, 204);
    },
  };
  renderAlone(<Screen />, server);
  expect(await screen.findByText("Odczytuję plik…")).toBeVisible();
  cleanup();
  state = "done";
  const { user } = renderAlone(<Screen />, server);
  expect(await screen.findByText("lista.xlsx")).toBeVisible();
  expect(screen.getByRole("img", { name: "Odczytano" })).toBeVisible();
  await waitFor(() => expect(told).toEqual(["f1"]));
  await user.click(screen.getByRole("button", { name: "Usuń lista.xlsx" }));
  expect(await screen.findByText("nic")).toBeVisible();
  expect(screen.queryByText("lista.xlsx")).not.toBeInTheDocument();
});

/** Keeps what is read until it is let go, the newest first, as the server does. */
function keepReadings() {
  const uploads = takeUploads();
  let kept: { id: string }[] = [];
  const begin = uploads[`POST ${READINGS}`];
  const forget = (id: string) => () => {
    kept = kept.filter((one) => one.id !== id);
    return json(null, 204);
  };
  const server = {
    ...uploads,
    [`POST ${READINGS}`]: async (request: Request) => {
      const answer = typeof begin === "function" ? await begin(request) : undefined;
      const { file } = (await (answer as Response).json()) as { file: { name: string } };
      const reading = readingOf(file, { id: `r-${file.name}` });
      kept = [reading, ...kept];
      return json(reading, 202);
    },
    [`GET ${READINGS}`]: () => kept,
    [`DELETE ${READINGS}r-a.xlsx/`]: forget("r-a.xlsx"),
    [`DELETE ${READINGS}r-b.xlsx/`]: forget("r-b.xlsx"),
  };
  return { server, kept: () => kept.map(({ id }) => id) };
}

const upload = async (user: ReturnType<typeof renderAlone>["user"], name: string) => {
  await user.upload(await choose(), new File(["x"], name));
  expect(await screen.findByText(`file-${name}`)).toBeVisible();
};

it("lets go of a file that was read, on the server too, when it is removed", async () => {
  const { server, kept } = keepReadings();
  const { user } = renderAlone(<Screen />, server);
  await upload(user, "a.xlsx");
  await user.click(screen.getByRole("button", { name: "Usuń a.xlsx" }));
  expect(await screen.findByText("nic")).toBeVisible();
  await waitFor(() => expect(kept()).toEqual([]));
  expect(screen.queryByText(/wybrany wcześniej/)).not.toBeInTheDocument();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("lets go of the file whose place another takes, and brings none back once that one was used", async () => {
  const { server, kept } = keepReadings();
  const { user, asked } = renderAlone(<Screen />, server);
  await upload(user, "a.xlsx");
  await upload(user, "b.xlsx");
  await waitFor(() => expect(kept()).toEqual(["r-b.xlsx"]));
  expect(asked.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Po wszystkim" }));
  expect(await screen.findByText("nic")).toBeVisible();
  expect(kept()).toEqual(["r-b.xlsx"]);
  expect(screen.queryByText(/wybrany wcześniej/)).not.toBeInTheDocument();
});

it("says nothing of an older file that the server has let go of itself", async () => {
  const { server } = keepReadings();
  const gone = problem(404, "Nie ma takiej strony.");
  const { user } = renderAlone(<Screen />, { ...server, [`DELETE ${READINGS}r-a.xlsx/`]: gone });
  await upload(user, "a.xlsx");
  await upload(user, "b.xlsx");
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  expect(screen.queryByText("Nie ma takiej strony.")).not.toBeInTheDocument();
});

it("brings back no older file by itself once the one from before was used", async () => {
  const older = readingOf({ ...FILE, id: "f0", name: "starsza.xlsx" }, { id: "r0" });
  const { user } = renderAlone(<Screen />, { [`GET ${READINGS}`]: [readingOf(FILE), older] });
  expect(await screen.findByText("f1")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Po wszystkim" }));
  expect(await screen.findByText("nic")).toBeVisible();
  expect(screen.queryByText("starsza.xlsx")).not.toBeInTheDocument();
});

it("says why a file could not be read, with every fault, and offers no second try that cannot help", async () => {
  const failed = {
    state: "failed",
    failure: "Formularz ma błędy.",
    failure_code: "form_unreadable",
    faults: [{ field: "sections.0", detail: "Brak tytułu." }],
  };
  renderAlone(<Screen />, { [`GET ${READINGS}`]: [readingOf(FILE, failed)] });
  expect(await screen.findByRole("alert")).toHaveTextContent("Nie odczytano listyFormularz ma błędy.");
  expect(screen.getByText("sections.0: Brak tytułu.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Odczytaj ponownie" })).not.toBeInTheDocument();
});

it("tries a broken reading again by a press", async () => {
  let state = "failed";
  const { user } = renderAlone(<Screen />, {
    [`GET ${READINGS}`]: () => [
      readingOf(FILE, state === "failed" ? { state, failure: "Błąd programu.", may_help_again: true } : { state }),
    ],
    [`POST ${READINGS}r1/again/`]: () => {
      state = "done";
      return json(readingOf(FILE, { state: "waiting" }), 202);
    },
  });
  await user.click(await screen.findByRole("button", { name: "Odczytaj ponownie" }));
  expect(await screen.findByText("f1")).toBeVisible();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

it("says that the server could not be asked, and asks again by a press", async () => {
  let isAway = true;
  const uploads = takeUploads();
  const { user } = renderAlone(<Screen />, {
    ...uploads,
    [`POST ${READINGS}`]: (request) => {
      const answer = uploads[`POST ${READINGS}`];
      return isAway || typeof answer !== "function" ? problem(503, "Baza danych nie odpowiada.") : answer(request);
    },
  });
  await user.upload(await choose(), new File(["x"], "lista.xlsx"));
  expect(await screen.findByText("Baza danych nie odpowiada.")).toBeVisible();
  expect(screen.getByText("nic")).toBeVisible();
  isAway = false;
  await user.click(screen.getByRole("button", { name: "Spróbuj ponownie" }));
  expect(await screen.findByText("file-lista.xlsx")).toBeVisible();
});
