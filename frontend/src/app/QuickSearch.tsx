import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { lazy, Suspense, useEffect } from "react";
import shell from "@/app/Shell.module.css";

// Loaded once the first screen stands, so that it is there when it is opened.
const Finder = lazy(async () => ({ default: (await import("./Finder")).Finder }));

/** From anywhere, by Ctrl-K: to a screen by its name, or to whatever the modules find. */
export function QuickSearch() {
  const [isOpen, dialog] = useDisclosure(false);
  const { open } = dialog;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [open]);
  return (
    <>
      <button
        type="button"
        className={shell.tool}
        aria-label="Szukaj Ctrl K"
        aria-keyshortcuts="Control+K"
        onClick={dialog.open}
      >
        <IconSearch aria-hidden />
        <span className={shell.wide}>
          Szukaj <kbd className={shell.key}>Ctrl K</kbd>
        </span>
      </button>
      <Suspense>
        <Finder isOpen={isOpen} onClose={dialog.close} />
      </Suspense>
    </>
  );
}
