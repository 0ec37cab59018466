import { Anchor, type AnchorProps } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "@/ui/TextLink.module.css";

interface TextLinkProps extends AnchorProps {
  to: string;
  /** What a screen reader says instead, where many links bear the same words. */
  "aria-label"?: string;
  children: ReactNode;
}

/** A link to another screen, in running text or in a table. */
export function TextLink({ to, children, ...rest }: TextLinkProps) {
  return (
    <Anchor component={Link} to={to} className={classes.link} {...rest}>
      {children}
    </Anchor>
  );
}
