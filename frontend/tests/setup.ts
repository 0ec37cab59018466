import "@testing-library/jest-dom/vitest";
import { notifications } from "@mantine/notifications";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { proof } from "@/api/proof";
import { sessionExpiry } from "@/api/sessionExpiry";

// Screens are loaded when they are first shown, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 8000 });

// What browsers have and jsdom has not.
class NoResizes implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

vi.stubGlobal("ResizeObserver", NoResizes);
window.matchMedia = (query) =>
  ({
    matches: query.includes("reduce"),
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) satisfies MediaQueryList;
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

const later = globalThis.setTimeout; // the real one, whatever a test puts in its place

afterEach(async () => {
  cleanup();
  await new Promise((done) => later(done)); // a draft that is saved on leaving tells of its refusal only then
  notifications.clean();
  sessionExpiry.end();
  proof.answer(false);
});
