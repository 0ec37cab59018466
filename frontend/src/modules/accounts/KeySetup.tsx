import { Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { bodyOf, http } from "@/api/client";
import { createPasskey } from "@/api/passkeys";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";

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
  const add = useMutation({ meta: { refreshes: ["/api/v1/accounts/"] }, mutationFn: addKey, onSuccess: onDone });
  const form = useEdit({ begin: { name: "" }, labels: { name: "Nazwa klucza" }, saving: [add], isFleeting: true });
  return (
    <EditForm
      form={form}
      refused="Nie dodano klucza"
      save="Dodaj klucz"
      cancel={onCancel}
      onSave={({ name }) => add.mutate(name.trim() || "Mój klucz")}
    >
      <Text>
        Kluczem może być ten komputer (odcisk palca, PIN), telefon albo klucz USB. Po naciśnięciu przycisku poprowadzi
        Cię przeglądarka.
      </Text>
      <TextInput
        {...form.input("name")}
        description="Żeby odróżnić go od innych, na przykład „laptop w pracy”."
        maxLength={100}
      />
    </EditForm>
  );
}
