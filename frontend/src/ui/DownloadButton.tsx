import { Button, type ButtonProps } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface DownloadButtonProps extends ButtonProps {
  /** Address of the API that answers with a file or redirects to one. */
  href: string;
  children: ReactNode;
}

/** A plain link to a file of the server: the browser streams it to disk, whatever its size. */
export function DownloadButton({ href, children, ...rest }: DownloadButtonProps) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<IconDownload size={18} aria-hidden />}
      {...rest}
    >
      {children}
    </Button>
  );
}
