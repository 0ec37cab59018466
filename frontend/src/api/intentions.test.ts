import { afterEach, expect, it, vi } from "vitest";
import { http } from "@/api/client";

const DRAFTS = "/api/v1/messaging/messages/";

type Answer = Response | Error;

/** A server that gives these answers one after another; the keys that it was sent. */
function answering(...answers: Answer[]): (string | null)[] {
  const keys: (string | null)[] = [];
  vi.stubGlobal("fetch", (request: Request) => {
    keys.push(request.headers.get("Idempotency-Key"));
    const answer = answers.shift() ?? made();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return keys;
}

const made = () => Response.json({ id: "1" }, { status: 201 });
const problem = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ code: "x", detail: "x", errors: [] }, { status, headers });
const send = (subject: string) => http.POST(DRAFTS, { body: { subject } }).catch((refusal: unknown) => refusal);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("sends a fresh key with each POST, the same words or not, and none with a reading", async () => {
  const keys = answering();
  await send("Obiady");
  await send("Obiady");
  await http.GET("/api/v1/todo/waiting/count/");

  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBeNull();
});

it("sends the same again under its first key when no answer came, and afterwards a fresh one", async () => {
  const keys = answering(new TypeError("network"), problem(502), made());
  await send("Przerwane");
  await send("Przerwane");
  await send("Przerwane");
  await send("Przerwane");

  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).toBe(keys[0]);
  expect(keys[3]).not.toBe(keys[0]);
});

it("takes what was changed after a failure for another intention", async () => {
  const keys = answering(new TypeError("network"));
  await send("Zmienione");
  await send("Zmienione później");

  expect(keys[1]).not.toBe(keys[0]);
});

it("asks again for the answer of the first sending while that still runs", async () => {
  vi.useFakeTimers();
  const keys = answering(problem(409, { "Retry-After": "1" }), made());
  const sent = send("Trwa");
  await vi.advanceTimersByTimeAsync(1000);

  expect(await sent).toMatchObject({ data: { id: "1" } });
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
});

it("tells a person at once of a conflict that waiting does not end", async () => {
  const keys = answering(problem(409));

  expect(await send("Sprzeczne")).toMatchObject({ status: 409 });
  expect(keys).toHaveLength(1);
});
