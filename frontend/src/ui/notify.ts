import { notifications } from "@mantine/notifications";
import { asProblem } from "@/api/problem";

/** A short message that a deed was done; it goes away by itself, so it never carries what must be read. */
export const notifyDone = (message: string): void => {
  notifications.show({
    message,
    color: "success",
    withBorder: true,
    autoClose: 6000,
    closeButtonProps: { "aria-label": "Zamknij" },
  });
};

/** The same for a small deed that was refused and has no place of its own on the screen. */
export const notifyRefused = (error: unknown): void => {
  notifications.show({
    title: "Nie udało się",
    message: asProblem(error).detail,
    color: "danger",
    withBorder: true,
    autoClose: false,
    closeButtonProps: { "aria-label": "Zamknij" },
  });
};
