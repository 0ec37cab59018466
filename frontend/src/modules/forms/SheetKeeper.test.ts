import { documentOf, projectionOf, question } from "@tests/forms";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { noConnection, Problem } from "@/api/problem";
import type { Answers } from "@/ui/filling/definition";
import { type Server, SheetKeeper, type SheetNow, type Shelf, type Unsent } from "./SheetKeeper";

const PROJECTION = projectionOf(documentOf(question("a", "short_text"), question("b", "short_text")));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server in memory that several people write to; `theirs` is somebody else's save. */
class City implements Server {
  answers: Answers;
  version = 1;
  saves: Answers[] = [];
  isDown = false;
  private changedAt: Record<string, number> = {};

  constructor(answers: Answers = {}) {
    this.answers = answers;
  }

  save = async (changes: Answers, draftVersion: number) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (this.isDown) {
      throw noConnection();
    }
    if (Object.keys(changes).some((key) => (this.changedAt[key] ?? 0) > draftVersion)) {
      throw new Problem(409, "sheet_changed_meanwhile", "Ktoś inny zmienił te same odpowiedzi.");
    }
    this.saves.push(changes);
    this.theirs(changes);
    return { draft_version: this.version, projection: PROJECTION };
  };

  read = async (): Promise<SheetNow> => ({
    answers: this.answers,
    draft_version: this.version,
    projection: PROJECTION,
  });

  theirs(changes: Answers) {
    this.version += 1;
    this.answers = { ...this.answers, ...changes };
    for (const key of Object.keys(changes)) {
      this.changedAt[key] = this.version;
    }
  }
}

const shelf = (kept: Unsent | null = null): Shelf & { kept: Unsent | null } => ({
  kept,
  read() {
    return this.kept;
  },
  write(unsent) {
    this.kept = unsent && structuredClone(unsent);
  },
});

async function open(city: City, on = shelf()) {
  const keeper = new SheetKeeper(await city.read(), city, on);
  keeper.start();
  return { keeper, shelf: on };
}

const pause = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it("sends after a pause, in one request, only the questions that changed", async () => {
  const city = new City({ a: "było", b: "zostaje" });
  const { keeper, shelf: kept } = await open(city);
  keeper.change("a", "1");
  await pause(500);
  keeper.change("a", "12");
  keeper.change("c", null);
  expect(keeper.state.saving).toBe("waiting");
  expect(kept.kept).toEqual({ changes: { a: "12", c: null }, base: { a: "było", c: null } });
  await pause(2000);
  expect(city.saves).toEqual([{ a: "12", c: null }]);
  expect(keeper.state.saving).toBe("saved");
  expect(kept.kept).toBeNull();
});

it("sends what was typed while a request ran after that request", async () => {
  const city = new City();
  const { keeper } = await open(city);
  keeper.change("a", "1");
  await pause(850);
  expect(keeper.state.saving).toBe("saving");
  keeper.change("a", "12");
  await pause(3000);
  expect(city.saves).toEqual([{ a: "1" }, { a: "12" }]);
  expect(city.answers).toEqual({ a: "12" });
});

it("keeps answers while there is no network, tries again, and sends all of them when it is back", async () => {
  const city = new City();
  const { keeper, shelf: kept } = await open(city);
  city.isDown = true;
  keeper.change("a", "1");
  await pause(1000);
  expect(keeper.state).toMatchObject({ saving: "offline", unsent: 1, answers: { a: "1" } });
  keeper.change("b", "2");
  await pause(1000);
  expect(kept.kept?.changes).toEqual({ a: "1", b: "2" });
  expect(city.saves).toEqual([]);

  city.isDown = false;
  window.dispatchEvent(new Event("online"));
  await pause(200);
  expect(city.saves).toEqual([{ a: "1", b: "2" }]);
  expect(keeper.state).toMatchObject({ saving: "saved", unsent: 0 });
  expect(kept.kept).toBeNull();
});

it("tries again by itself where no event tells that the network is back", async () => {
  const city = new City();
  const { keeper } = await open(city);
  city.isDown = true;
  keeper.change("a", "1");
  await pause(1000);
  city.isDown = false;
  await pause(3200);
  expect(city.answers).toEqual({ a: "1" });
});

it("sends what an earlier visit left in the browser", async () => {
  const city = new City({ a: "było" });
  const { keeper } = await open(city, shelf({ changes: { a: "moje" }, base: { a: "było" } }));
  expect(keeper.state.answers).toEqual({ a: "moje" });
  await pause(500);
  expect(city.answers).toEqual({ a: "moje" });
});

it("throws away what the server got although its answer was lost", async () => {
  const city = new City({ a: "moje" });
  const kept = shelf({ changes: { a: "moje" }, base: { a: "było" } });
  const { keeper } = await open(city, kept);
  await pause(500);
  expect(keeper.state).toMatchObject({ saving: "clean", unsent: 0 });
  expect(city.saves).toEqual([]);
});

it("takes in another person's answers to other questions without a word", async () => {
  const city = new City();
  const { keeper } = await open(city);
  city.theirs({ b: "ich" });
  keeper.change("a", "moje");
  await pause(2000);
  expect(city.answers).toEqual({ a: "moje", b: "ich" });
  expect(keeper.state.saving).toBe("saved");
});

it("shows both answers when two people answered the same question, and sends mine once it is chosen", async () => {
  const city = new City({ a: "było" });
  const { keeper } = await open(city);
  keeper.change("a", "moje");
  keeper.change("b", "też moje");
  city.theirs({ a: "ich" });
  await pause(2000);
  expect(keeper.state.saving).toBe("clash");
  expect(keeper.state.clashes).toEqual([{ key: "a", mine: "moje", theirs: "ich" }]);
  expect(city.answers).toEqual({ a: "ich" });

  keeper.choose("a", "mine");
  await pause(500);
  expect(city.answers).toEqual({ a: "moje", b: "też moje" });
  expect(keeper.state).toMatchObject({ saving: "saved", clashes: [], unsent: 0 });
});

it("drops mine when theirs is chosen, and saves the rest", async () => {
  const city = new City({ a: "było" });
  const { keeper, shelf: kept } = await open(city);
  keeper.change("a", "moje");
  keeper.change("b", "też moje");
  city.theirs({ a: "ich" });
  await pause(2000);
  keeper.choose("a", "theirs");
  expect(keeper.state.answers).toMatchObject({ a: "ich" });
  await pause(500);
  expect(city.answers).toEqual({ a: "ich", b: "też moje" });
  expect(kept.kept).toBeNull();
});

it("finds a clash with what was kept in the browser from an earlier visit", async () => {
  const city = new City({ a: "ich" });
  const { keeper } = await open(city, shelf({ changes: { a: "moje" }, base: { a: "było" } }));
  expect(keeper.state.clashes).toEqual([{ key: "a", mine: "moje", theirs: "ich" }]);
  await pause(2000);
  expect(city.answers).toEqual({ a: "ich" });
});

it("keeps the answers and asks for a new look when the sheet has moved on", async () => {
  const city = new City();
  city.save = async () => {
    throw new Problem(409, "sheet_moved_meanwhile", "Opublikowano nową wersję.");
  };
  const { keeper, shelf: kept } = await open(city);
  keeper.change("a", "moje");
  await pause(1000);
  expect(keeper.state.saving).toBe("stale");
  expect(kept.kept?.changes).toEqual({ a: "moje" });
});

it("tells a refusal, keeps what was typed, and saves it once it is put right", async () => {
  const city = new City();
  const save = city.save;
  city.save = async (changes, version) => {
    if (changes.a === "źle") {
      throw new Problem(422, "answers_refused", "Nie można zapisać tych odpowiedzi.");
    }
    return save(changes, version);
  };
  const { keeper } = await open(city);
  keeper.change("a", "źle");
  await pause(1000);
  expect(keeper.state).toMatchObject({ saving: "refused", answers: { a: "źle" } });
  keeper.change("a", "dobrze");
  await pause(1000);
  expect(keeper.state.saving).toBe("saved");
});

it("sends what is left when the page is left", async () => {
  const city = new City();
  const { keeper } = await open(city);
  keeper.change("a", "moje");
  keeper.stop();
  await pause(200);
  expect(city.answers).toEqual({ a: "moje" });
});
