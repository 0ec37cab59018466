import { Button, type ButtonProps, VisuallyHidden } from "@mantine/core";
import { IconExternalLink, IconPrinter } from "@tabler/icons-react";
import { useEffect } from "react";
import { api } from "@/api/client";
import { notifyRefused } from "@/ui/notify";
import { useMaking } from "@/ui/useMaking";

interface PrintButtonProps extends ButtonProps {
  /** Id of the sheet. */
  sheet: string;
  /** Which submitted version; without it what was submitted last, or the draft. */
  version?: number;
}

/** React focuses no link by itself. */
const toFocus = (link: HTMLAnchorElement | null) => link?.focus();

/** Has the server make the answers a PDF; once it is there, the button is the link to it. */
export function PrintButton({ sheet, version, ...rest }: PrintButtonProps) {
  const begin = api.useMutation("post", "/api/v1/forms/sheets/{id}/print/", { meta: { refreshes: [] } });
  const { made, isUnderWay, error } = useMaking(begin);
  useEffect(() => {
    if (error) {
      notifyRefused(error);
    }
  }, [error]);
  return (
    <>
      {made ? (
        <Button
          component="a"
          href={`/api/v1/files/makings/${made.id}/download/`}
          target="_blank"
          rel="noreferrer"
          variant="default"
          ref={toFocus}
          leftSection={<IconExternalLink size={18} aria-hidden />}
          // What is pressed next prints anew, for the sheet may be another by then.
          onClick={() => window.setTimeout(begin.reset)}
          {...rest}
        >
          Otwórz wydruk (PDF)
        </Button>
      ) : (
        <Button
          variant="default"
          loading={isUnderWay}
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => begin.mutate({ params: { path: { id: sheet } }, body: { version: version ?? null } })}
          {...rest}
        >
          Drukuj (PDF)
        </Button>
      )}
      <VisuallyHidden role="status">
        {isUnderWay && "Przygotowujemy wydruk."}
        {made && "Wydruk jest gotowy."}
      </VisuallyHidden>
    </>
  );
}
