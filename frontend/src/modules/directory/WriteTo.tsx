import { IconEdit } from "@tabler/icons-react";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";

interface WriteToProps {
  /** As the address of a new message says whom it is for: `unit=…`, `group=…`. */
  what: string;
  children: string;
}

/** Begins a message to the unit or group on the screen, for whoever may send. */
export function WriteTo({ what, children }: WriteToProps) {
  const { may, modules } = useSession();
  return modules.includes("messaging") && may("messaging.send_message") ? (
    <ButtonLink to={`/messaging/compose?${what}`} variant="default" leftSection={<IconEdit size={18} aria-hidden />}>
      {children}
    </ButtonLink>
  ) : null;
}
