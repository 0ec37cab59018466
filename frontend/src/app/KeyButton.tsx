import { Button, Stack } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { bodyOf, http } from "@/api/client";
import { takePasskey } from "@/api/passkeys";
import type { Session } from "@/api/session";
import { ProblemAlert } from "@/ui/ProblemAlert";

interface KeyButtonProps {
  onAnswer: (session: Session) => void;
  children: ReactNode;
}

async function signInByKey(): Promise<Session> {
  const { publicKey } = bodyOf(await http.POST("/api/v1/accounts/session/key/options/"));
  const credential = await takePasskey(publicKey);
  return bodyOf(await http.POST("/api/v1/accounts/session/key/", { body: { credential } }));
}

/** Signs in with a key kept by this device or on a stick: as the second step, or alone. */
export function KeyButton({ onAnswer, children }: KeyButtonProps) {
  const sign = useMutation({ mutationFn: signInByKey, onSuccess: onAnswer });
  return (
    <Stack gap="xs">
      <ProblemAlert title="Nie udało się użyć klucza" error={sign.error} />
      <Button
        variant="default"
        size="md"
        leftSection={<IconFingerprint size={20} aria-hidden />}
        loading={sign.isPending}
        onClick={() => sign.mutate()}
      >
        {children}
      </Button>
    </Stack>
  );
}
