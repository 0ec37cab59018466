import { MutationObserver, QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { Problem } from "@/api/problem";
import { type Refreshing, refreshingCache } from "@/api/refreshing";

const BOOKS = "/api/v1/forms/dictionaries/";
const CASES = "/api/v1/procedures/cases/";
const DESK = "/api/v1/todo/waiting/";

interface Deed {
  meta?: Refreshing;
  key?: readonly unknown[];
  refusal?: Problem;
}

/** Which of three reads are out of date once the deed has ended. */
async function outdatedBy({ meta, key, refusal }: Deed): Promise<unknown[]> {
  const client: QueryClient = new QueryClient({ mutationCache: refreshingCache(() => client) });
  for (const path of [BOOKS, CASES, DESK]) {
    client.setQueryData(["get", path, {}], "as it was");
  }
  const mutation = new MutationObserver(client, {
    mutationFn: () => (refusal ? Promise.reject(refusal) : Promise.resolve("done")),
    ...(key && { mutationKey: key }),
    ...(meta && { meta }),
  });
  await mutation.mutate().catch(() => undefined);
  return client
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => queryKey[1]);
}

const key = ["patch", "/api/v1/forms/dictionaries/{id}/"];

it("reads the module of a mutation and the desk again, and nothing of other modules", async () => {
  expect(await outdatedBy({ key })).toEqual([BOOKS, DESK]);
});

it("reads what a mutation declares in place of its module", async () => {
  expect(await outdatedBy({ key, meta: { refreshes: ["/api/v1/procedures/"] } })).toEqual([CASES, DESK]);
});

it("reads nothing after a mutation that declares nothing, such as the saving of a draft", async () => {
  expect(await outdatedBy({ key, meta: { refreshes: [] } })).toEqual([]);
});

it("reads the desk alone after a mutation that has no path and declares nothing", async () => {
  expect(await outdatedBy({})).toEqual([DESK]);
});

it("reads nothing after a refusal", async () => {
  expect(await outdatedBy({ key, refusal: new Problem(409, "overtaken", "Ktoś był szybszy.") })).toEqual([]);
});

it("reads again after a refusal when the mutation says so, unless fields of the form are at fault", async () => {
  const meta = { isRereadWhenRefused: true };
  const field = { field: "name", detail: "Podaj nazwę." };
  const overtaken = new Problem(409, "overtaken", "Ktoś był szybszy.");
  const mistaken = new Problem(400, "invalid", "Popraw pola.", [field]);
  expect(await outdatedBy({ key, meta, refusal: overtaken })).toEqual([BOOKS, DESK]);
  expect(await outdatedBy({ key, meta, refusal: mistaken })).toEqual([]);
});

it("reads again only when the mutation's own onSuccess has ended, so that a screen has left what it removed", async () => {
  const told: string[] = [];
  const client: QueryClient = new QueryClient({ mutationCache: refreshingCache(() => client) });
  client.setQueryData(["get", BOOKS, {}], "as it was");
  client.getQueryCache().subscribe(({ query }) => query.state.isInvalidated && told.push("outdated"));
  const mutation = new MutationObserver(client, {
    mutationKey: key,
    mutationFn: () => Promise.resolve("done"),
    onSuccess: async () => {
      await Promise.resolve();
      told.push("left");
    },
  });
  await mutation.mutate();
  expect(told).toEqual(["left", "outdated"]);
});

it("has read everything before the screen goes on, when the mutation says that it goes on to what it changed", async () => {
  const client: QueryClient = new QueryClient({ mutationCache: refreshingCache(() => client) });
  client.setQueryData(["get", BOOKS, {}], "as it was");
  const isOutdated = () => client.getQueryState(["get", BOOKS, {}])?.isInvalidated;
  const found: unknown[] = [];
  const deed = (meta: Refreshing) =>
    new MutationObserver(client, {
      mutationFn: () => Promise.resolve("done"),
      mutationKey: key,
      meta,
      onSuccess: () => found.push(isOutdated()),
    });

  await deed({}).mutate();
  client.setQueryData(["get", BOOKS, {}], "as it is");
  await deed({ isRereadFirst: true }).mutate();

  expect(found).toEqual([false, true]);
  client.setQueryData(["get", BOOKS, {}], "as it is");
  const refusal = new Problem(409, "overtaken", "Ktoś był szybszy.");
  expect(await outdatedBy({ key, refusal, meta: { isRereadFirst: true } })).toEqual([]);
});
