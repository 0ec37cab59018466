import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

/** Asks before the screen is left, by a link or by closing the tab, while `isNeeded`. */
export function LeaveGuard({ isNeeded }: { isNeeded: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isNeeded && currentLocation.pathname !== nextLocation.pathname,
  );

  useEffect(() => {
    if (!isNeeded) {
      return;
    }
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isNeeded]);

  return (
    <ConfirmDialog
      isOpen={blocker.state === "blocked"}
      title="Wyjść bez wysłania odpowiedzi?"
      confirmLabel="Wyjdź"
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      Dodane pliki nie zostały jeszcze wysłane do nadawcy i trzeba będzie dodać je ponownie. Wpisany tekst zostanie
      zachowany.
    </ConfirmDialog>
  );
}
