import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { bodyOf, http } from "@/api/client";
import { createPasskey } from "@/api/passkeys";
import { errorOf } from "@/ui/fieldErrors";
import { ProblemAlert } from "@/ui/ProblemAlert";

interface KeySetupProps {
  onDone: (codes: readonly string[]) => void;
  onCancel: () => void;
}

async function addKey(name: string): Promise<readonly string[]> {
  const { publicKey } = bodyOf(await http.POST("/api/v1/accounts/account/keys/options/"));
  const credential = await createPasskey(publicKey);
  return bodyOf(await http.POST("/api/v1/accounts/account/keys/", { body: { name, credential } })).recovery_codes;
}

/** A key: this computer, a telephone, or a stick. It signs in without a password, too. */
export function KeySetup({ onDone, onCancel }: KeySetupProps) {
  const [name, setName] = useState("");
  const add = useMutation({ meta: { refreshes: ["/api/v1/accounts/"] }, mutationFn: addKey, onSuccess: onDone });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    add.mutate(name.trim() || "Mój klucz");
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>
          Kluczem może być ten komputer (odcisk palca, PIN), telefon albo klucz USB. Po naciśnięciu przycisku poprowadzi
          Cię przeglądarka.
        </Text>
        <ProblemAlert title="Nie dodano klucza" error={add.error} />
        <TextInput
          id="key_name"
          label="Nazwa klucza"
          description="Żeby odróżnić go od innych, na przykład „laptop w pracy”."
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorOf(add.error, "name")}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Anuluj
          </Button>
          <Button type="submit" loading={add.isPending}>
            Dodaj klucz
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
