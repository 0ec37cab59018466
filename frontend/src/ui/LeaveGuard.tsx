import { type ReactNode, useEffect } from "react";
import { useBlocker } from "react-router";
import { ConfirmDialog } from "@/ui/ConfirmDialog";

interface LeaveGuardProps {
  isNeeded: boolean;
  title: string;
  /** What is lost by leaving. */
  children: ReactNode;
}

/** Asks before the screen is left, by a link or by closing the tab, while `isNeeded`. */
export function LeaveGuard({ isNeeded, title, children }: LeaveGuardProps) {
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
      title={title}
      confirmLabel="Wyjdź"
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    >
      {children}
    </ConfirmDialog>
  );
}
