import { Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "react-router";
import { bodyOf, http } from "@/api/client";
import { ConfirmEmail } from "@/app/ConfirmEmail";
import { Door } from "@/app/Door";
import { SetPassword } from "@/app/SetPassword";
import { formatDateTime } from "@/ui/format";
import { NoSecret } from "@/ui/NoSecret";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";

interface LetterPageProps {
  title: string;
}

/** Where a letter's link leads. Its secret stands after "#", which browsers send to nobody; it goes only into bodies. */
function LetterPage({ title }: LetterPageProps) {
  const { hash } = useLocation();
  const token = hash.slice(1);
  const [isUsed, setIsUsed] = useState(false);
  const letter = useQuery({
    queryKey: ["letter", token],
    queryFn: async () => bodyOf(await http.POST("/api/v1/accounts/links/look/", { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: token !== "",
  });
  if (token === "") {
    return (
      <Door title={title}>
        <Stack>
          <NoSecret />
          <TextLink to="/sign-in">Przejdź do logowania</TextLink>
        </Stack>
      </Door>
    );
  }

  return (
    <Door title={title}>
      {letter.isPending && <Skeleton height={120} role="status" aria-label="Wczytywanie" />}
      {letter.error && (
        <Stack>
          <ProblemAlert title="Odnośnik nie działa" error={letter.error} />
          <TextLink to="/forgotten-password">Poproś o nowy odnośnik do hasła</TextLink>
          <TextLink to="/sign-in">Przejdź do logowania</TextLink>
        </Stack>
      )}
      {letter.data && (
        <Stack>
          {letter.data.kind === "email" ? (
            <ConfirmEmail token={token} letter={letter.data} />
          ) : (
            <SetPassword token={token} letter={letter.data} onUsed={() => setIsUsed(true)} />
          )}
          {!isUsed && (
            <Text size="sm" c="dimmed">
              Odnośnik działa do {formatDateTime(letter.data.expires_at)}.
            </Text>
          )}
        </Stack>
      )}
    </Door>
  );
}

export const Invitation = () => <LetterPage title="Witaj w OPIUM" />;

export const NewPassword = () => <LetterPage title="Nowe hasło" />;

export const EmailConfirmation = () => <LetterPage title="Nowy adres e-mail" />;
