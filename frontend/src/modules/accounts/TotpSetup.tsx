import { Anchor, Skeleton, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, bodyOf, http } from "@/api/client";
import { EditForm } from "@/ui/EditForm";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { QrCode } from "@/ui/QrCode";
import { useEdit } from "@/ui/useEdit";
import classes from "./TotpSetup.module.css";

interface TotpSetupProps {
  /** With the recovery codes, if these are the person's first. */
  onDone: (codes: readonly string[]) => void;
  onCancel: () => void;
}

/** An app with codes: its secret as a QR code and as text, kept once the app has shown a right code. */
export function TotpSetup({ onDone, onCancel }: TotpSetupProps) {
  // Each asking makes another secret, so it is asked for once for as long as the form stands.
  const begun = useQuery({
    queryKey: ["totp"],
    queryFn: async () => bodyOf(await http.POST("/api/v1/accounts/account/totp/options/")),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const confirm = api.useMutation("post", "/api/v1/accounts/account/totp/", {
    onSuccess: ({ recovery_codes }) => onDone(recovery_codes),
  });

  const form = useEdit({
    begin: { code: "" },
    labels: { code: "Kod z aplikacji" },
    saving: [confirm],
    isFleeting: true,
  });

  return (
    <EditForm
      form={form}
      refused="Kod się nie zgadza"
      save="Włącz"
      isIncomplete={!begun.data}
      cancel={onCancel}
      onSave={({ code }) => confirm.mutate({ body: { code: code.replace(/\s/g, "") } })}
    >
      <ProblemAlert error={begun.error} retry={() => void begun.refetch()} />
      <ol className={classes.steps}>
        <li>
          W telefonie otwórz aplikację z kodami, na przykład Google Authenticator, Microsoft Authenticator albo FreeOTP.
        </li>
        <li>
          Zeskanuj ten kod albo przepisz klucz.
          {begun.data ? (
            <div className={classes.secret}>
              <QrCode text={begun.data.uri} label="Kod QR z kluczem dla aplikacji" />
              <div>
                <Text size="sm" c="dimmed">
                  Klucz do przepisania
                </Text>
                <code className={classes.key}>{begun.data.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
                <Anchor href={begun.data.uri} hiddenFrom="sm" display="block" mt="xs">
                  Aplikacja jest w tym telefonie? Otwórz ją
                </Anchor>
              </div>
            </div>
          ) : (
            !begun.error && <Skeleton height={200} width={200} mt="xs" />
          )}
        </li>
        <li>Wpisz sześć cyfr, które pokazuje aplikacja.</li>
      </ol>
      <TextInput {...form.input("code")} inputMode="numeric" autoComplete="one-time-code" maw="14rem" required />
    </EditForm>
  );
}
