import { Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Session, SessionPerson } from "@/api/session";
import { sessionExpiry } from "@/api/sessionExpiry";
import { SignInForm } from "@/app/SignInForm";
import { forgetKept } from "@/ui/useKept";

/** Over the screen, when the server no longer knows the person: signs in again and leaves all that was typed in place. */
export function SessionExpired({ person }: { person: SessionPerson }) {
  const isExpired = useSyncExternalStore(sessionExpiry.subscribe, sessionExpiry.isExpired);
  const cache = useQueryClient();

  const resume = (session: Session) => {
    sessionExpiry.end();
    if (session.person?.id !== person.id) {
      forgetKept();
      window.location.assign("/"); // somebody else: nothing of this screen is theirs
      return;
    }
    void cache.invalidateQueries();
  };

  return (
    <Modal
      opened={isExpired}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Sesja wygasła"
    >
      <Text mb="md">Zaloguj się ponownie, aby kontynuować. To, co zostało wpisane, czeka na swoim miejscu.</Text>
      <SignInForm email={person.email} onSignedIn={resume} />
    </Modal>
  );
}
