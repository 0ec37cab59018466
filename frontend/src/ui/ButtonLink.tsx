import { Button, type ButtonProps } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface ButtonLinkProps extends ButtonProps {
  to: string;
  children: ReactNode;
}

/** A link to another screen that looks like a button, for the main next step. */
export function ButtonLink({ to, children, ...rest }: ButtonLinkProps) {
  return (
    <Button component={Link} to={to} {...rest}>
      {children}
    </Button>
  );
}
