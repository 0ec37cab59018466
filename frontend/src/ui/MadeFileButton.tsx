import { Button, type ButtonProps, VisuallyHidden } from "@mantine/core";
import { IconDownload, IconExternalLink } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { notifyRefused } from "@/ui/notify";
import { useMaking } from "@/ui/useMaking";

interface MadeFileButtonProps extends ButtonProps {
  /** The mutation by which it is asked for. */
  begin: { data: { id: string } | undefined; error: unknown; isPending: boolean; reset: () => void };
  ask: () => void;
  icon: ReactNode;
  /** What the button says before: "Drukuj (PDF)". */
  label: string;
  /** And once it is made: "Otwórz wydruk (PDF)". */
  ready: string;
  /** Which of several things of a list, for who hears the button alone. */
  about?: string;
  /** For who does not see it: that it is under way, and that it is there. */
  told: { underWay: string; made: string };
  /** The browser shows such a file, so it is opened beside the page. */
  isShown?: boolean;
}

/** React focuses no link by itself. */
const toFocus = (link: HTMLAnchorElement | null) => link?.focus();

/** Has the server make a file; once it is there, the button is the link to it. */
export function MadeFileButton({ begin, ask, icon, label, ready, told, about, isShown, ...rest }: MadeFileButtonProps) {
  const { made, isUnderWay, error } = useMaking(begin);
  useEffect(() => {
    if (error) {
      notifyRefused(error);
    }
  }, [error]);
  const named = (words: string) => (about === undefined ? undefined : `${words}: ${about}`);
  const Icon = isShown ? IconExternalLink : IconDownload;
  return (
    <>
      {made ? (
        <Button
          component="a"
          href={`/api/v1/files/makings/${made.id}/download/`}
          {...(isShown && { target: "_blank", rel: "noreferrer" })}
          variant="default"
          ref={toFocus}
          aria-label={named(ready)}
          leftSection={<Icon size={18} aria-hidden />}
          // What is pressed next makes it anew, for something may have changed by then.
          onClick={() => window.setTimeout(begin.reset)}
          {...rest}
        >
          {ready}
        </Button>
      ) : (
        <Button
          variant="default"
          loading={isUnderWay}
          leftSection={icon}
          onClick={ask}
          aria-label={named(label)}
          {...rest}
        >
          {label}
        </Button>
      )}
      <VisuallyHidden role="status">
        {isUnderWay && told.underWay}
        {made && told.made}
      </VisuallyHidden>
    </>
  );
}
