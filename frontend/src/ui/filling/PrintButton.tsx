import type { ButtonProps } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { api } from "@/api/client";
import { MadeFileButton } from "@/ui/MadeFileButton";

interface PrintButtonProps extends ButtonProps {
  /** Id of the sheet. */
  sheet: string;
  /** Which submitted version; without it what was submitted last, or the draft. */
  version?: number;
  /** Whose answers, where there are several such buttons. */
  about?: string;
}

/** Has the server make the answers a PDF; once it is there, the button is the link to it. */
export function PrintButton({ sheet, version, ...rest }: PrintButtonProps) {
  const begin = api.useMutation("post", "/api/v1/forms/sheets/{id}/print/", { meta: { refreshes: [] } });
  return (
    <MadeFileButton
      begin={begin}
      ask={() => begin.mutate({ params: { path: { id: sheet } }, body: { version: version ?? null } })}
      icon={<IconPrinter size={18} aria-hidden />}
      label="Drukuj (PDF)"
      ready="Otwórz wydruk (PDF)"
      told={{ underWay: "Przygotowujemy wydruk.", made: "Wydruk jest gotowy." }}
      isShown
      {...rest}
    />
  );
}
