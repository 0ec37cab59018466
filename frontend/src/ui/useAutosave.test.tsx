import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useAutosave } from "@/ui/useAutosave";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pause = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

function autosaving(save: (text: string) => Promise<unknown>) {
  return renderHook(({ text }) => useAutosave(text, save, 1000), { initialProps: { text: "" } });
}

it("saves once after a pause, not what was there at the start", async () => {
  const saved: string[] = [];
  const { result, rerender } = autosaving(async (text) => saved.push(text));
  await pause(5000);
  expect(saved).toEqual([]);

  rerender({ text: "a" });
  await pause(500);
  rerender({ text: "ab" });
  await pause(999);
  expect(saved).toEqual([]);
  await pause(1);
  expect(saved).toEqual(["ab"]);
  expect(result.current.state).toBe("saved");
});

it("saves what was typed while a request ran after that request, never beside it", async () => {
  const saved: string[] = [];
  let running = 0;
  const { rerender } = autosaving(async (text) => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    running -= 1;
    saved.push(text);
  });
  rerender({ text: "a" });
  await pause(1500);
  rerender({ text: "ab" });
  await pause(8000);
  expect(saved).toEqual(["a", "ab"]);
});

it("saves at once when flushed, and then knows that it is saved", async () => {
  const saved: string[] = [];
  const { result, rerender } = autosaving(async (text) => saved.push(text));
  rerender({ text: "a" });
  await act(() => result.current.flush());
  await pause(5000);
  expect(saved).toEqual(["a"]);
});

it("says that it failed, and saves everything with the next change", async () => {
  const saved: string[] = [];
  let isDown = true;
  const { result, rerender } = autosaving(async (text) => {
    if (isDown) {
      throw new Error("down");
    }
    saved.push(text);
  });
  rerender({ text: "a" });
  await pause(1000);
  expect(result.current.state).toBe("failed");

  isDown = false;
  rerender({ text: "ab" });
  await pause(1000);
  expect(result.current.state).toBe("saved");
  expect(saved).toEqual(["ab"]);
});

it("asks before the tab is closed with unsaved text, and only then", async () => {
  const close = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const { rerender } = autosaving(async () => undefined);
  expect(close()).toBe(false);
  rerender({ text: "a" });
  expect(close()).toBe(true);
  await pause(1000);
  expect(close()).toBe(false);
});
