import type { NotificationData } from "@mantine/notifications";
import { asProblem } from "@/api/problem";

/** The messages are no part of the first load; what shows them has come long before anything is pressed. */
async function show(message: NotificationData): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  notifications.show({ ...message, withBorder: true, closeButtonProps: { "aria-label": "Zamknij" } });
}

/** A short message that a deed was done; it goes away by itself, so it never carries what must be read. */
export const notifyDone = (message: string): void => {
  void show({ message, color: "success", autoClose: 6000 });
};

/** The same for a small deed that was refused and has no place of its own on the screen. */
export const notifyRefused = (error: unknown): void => {
  void show({ title: "Nie udało się", message: asProblem(error).detail, color: "danger", autoClose: false });
};
