import { Worker as Engine } from "elkjs/lib/elk-worker.min.js";
import { vi } from "vitest";

/** Whether the thread of the layout engine fails, as where a browser forbids it. */
export const layoutThread = { fails: false };

/** The engine's own stand-in for a thread: the same code, in the thread of the tests. */
class Thread {
  private readonly engine = new Engine("");
  onmessage: ((answer: MessageEvent) => void) | null = null;
  onerror: (() => void) | null = null;

  postMessage(message: unknown) {
    if (layoutThread.fails) {
      this.onerror?.();
      return;
    }
    this.engine.onmessage = (answer) => this.onmessage?.(answer);
    this.engine.postMessage(message);
  }

  terminate() {
    this.engine.terminate();
  }
}

export function withLayoutEngine(): void {
  layoutThread.fails = false;
  vi.stubGlobal("Worker", Thread);
}
