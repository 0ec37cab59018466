import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { api } from "@/api/client";
import type { Letter } from "@/app/letter";
import { ButtonLink } from "@/ui/ButtonLink";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** Confirms a new address by pressing a button: a mail scanner that only opens links changes nothing. */
export function ConfirmEmail({ token, letter }: { token: string; letter: Letter }) {
  const confirm = api.useMutation("post", "/api/v1/accounts/email/");
  if (confirm.isSuccess) {
    return (
      <Stack>
        <Alert color="success" icon={<IconCircleCheck aria-hidden />} title="Adres zmieniony" role="status">
          Od teraz loguj się adresem {letter.address}.
        </Alert>
        <ButtonLink to="/">Przejdź do OPIUM</ButtonLink>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text>
        {letter.name}: adresem do logowania zamiast {letter.email} stanie się <strong>{letter.address}</strong>.
      </Text>
      <ProblemAlert title="Nie zmieniono adresu" error={confirm.error} />
      <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate({ body: { token } })}>
        Potwierdź nowy adres
      </Button>
    </Stack>
  );
}
