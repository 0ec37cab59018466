import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useHistory } from "./history";

it("goes back and forth step by step, and counts typing in one place as one step", () => {
  vi.useFakeTimers();
  const { result } = renderHook(() => useHistory("a"));
  const edit = (value: string, what: string) => act(() => result.current.edit(value, what));

  edit("ab", "treść");
  edit("abc", "treść");
  vi.advanceTimersByTime(5000);
  edit("abcd", "treść");
  edit("", "usunięcie");
  expect(result.current.undoable).toBe("usunięcie");

  act(() => result.current.undo());
  expect(result.current.present).toBe("abcd");
  expect(result.current.redoable).toBe("usunięcie");
  act(() => result.current.undo());
  expect(result.current.present).toBe("abc");
  act(() => result.current.undo());
  expect(result.current.present).toBe("a");
  expect(result.current.undoable).toBeNull();

  act(() => result.current.redo());
  expect(result.current.present).toBe("abc");
  edit("x", "treść");
  expect(result.current.redoable).toBeNull();
  vi.useRealTimers();
});
