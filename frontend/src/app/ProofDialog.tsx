import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconBuildingBank, IconFingerprint, IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { api, bodyOf, http, type Schemas } from "@/api/client";
import { hasPasskeys, takePasskey } from "@/api/passkeys";
import { proof } from "@/api/proof";
import { PageLoading } from "@/app/PageLoading";
import { EditForm } from "@/ui/EditForm";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { useEdit } from "@/ui/useEdit";

type Account = Schemas["OwnAccountOut"];

const PROOF = "/api/v1/accounts/account/proof/";
const ABOVE_OTHER_DIALOGS = 400;
const proved = () => proof.answer(true);

/** Over whatever was pressed, when the server wants to know once more who presses; then the press goes on by itself. */
export function ProofDialog() {
  const isAsked = useSyncExternalStore(proof.subscribe, proof.isAsked);
  return (
    <Modal
      opened={isAsked}
      onClose={() => proof.answer(false)}
      title="Potwierdź, że to Ty"
      zIndex={ABOVE_OTHER_DIALOGS}
    >
      {isAsked && <Question />}
    </Modal>
  );
}

function Question() {
  const { data: account, error, refetch } = api.useQuery("get", "/api/v1/accounts/account/", {});
  if (!account) {
    return error ? <ProblemAlert error={error} retry={() => void refetch()} /> : <PageLoading />;
  }
  const kinds = account.factors.map(({ kind }) => kind);
  const hasKey = kinds.includes("webauthn") && hasPasskeys();
  const hasForm = account.has_password || kinds.includes("totp");
  return (
    <Stack>
      <Text>
        Ta zmiana dotyczy bezpieczeństwa kont. Po potwierdzeniu dokończymy ją sami; nic, co wpisano, nie zginie.
      </Text>
      {hasForm && <Written account={account} hasApp={kinds.includes("totp")} />}
      {hasKey && <ByKey />}
      {!hasForm && !hasKey && <Elsewhere email={account.email} />}
      <Button variant="subtle" onClick={() => proof.answer(false)}>
        Anuluj
      </Button>
    </Stack>
  );
}

/** By the password, or by a code of the app. */
function Written({ account, hasApp }: { account: Account; hasApp: boolean }) {
  const [way, setWay] = useState<"password" | "code">(account.has_password ? "password" : "code");
  const give = api.useMutation("post", PROOF, { meta: { refreshes: [] }, onSuccess: proved });
  const form = useEdit({
    begin: { password: "", code: "" },
    labels: { password: "Hasło do OPIUM", code: "Kod z aplikacji" },
    saving: [give],
    isFleeting: true,
  });
  const turn = () => {
    setWay(way === "password" ? "code" : "password");
    form.reset();
    give.reset();
  };
  return (
    <Stack>
      <EditForm
        form={form}
        refused="Nie potwierdzono"
        save="Potwierdź"
        isWide
        isIncomplete={form.fields[way] === ""}
        onSave={({ password, code }) =>
          give.mutate({ body: way === "password" ? { password } : { code: code.replace(/\s/g, "") } })
        }
      >
        <input type="email" autoComplete="username" value={account.email} readOnly hidden />
        {way === "password" ? (
          <PasswordInput
            {...form.input("password")}
            autoComplete="current-password"
            data-autofocus
            autoFocus
            visibilityToggleButtonProps={{ "aria-label": "Pokaż lub ukryj hasło", tabIndex: 0, "aria-hidden": false }}
            required
          />
        ) : (
          <TextInput
            {...form.input("code")}
            description="Sześć cyfr z telefonu albo jeden z kodów zapasowych."
            autoComplete="one-time-code"
            data-autofocus
            autoFocus
            required
          />
        )}
      </EditForm>
      {hasApp && account.has_password && (
        <Button variant="default" onClick={turn}>
          {way === "password" ? "Podaj kod zamiast hasła" : "Podaj hasło zamiast kodu"}
        </Button>
      )}
    </Stack>
  );
}

async function proveByKey(): Promise<void> {
  const { publicKey } = bodyOf(await http.POST("/api/v1/accounts/account/proof/key/options/"));
  await http.POST(PROOF, { body: { credential: await takePasskey(publicKey) } });
}

function ByKey() {
  const prove = useMutation({ meta: { refreshes: [] }, mutationFn: proveByKey, onSuccess: proved });
  return (
    <Stack gap="xs">
      <ProblemAlert title="Nie udało się użyć klucza" error={prove.error} />
      <Button
        variant="default"
        leftSection={<IconFingerprint size={20} aria-hidden />}
        loading={prove.isPending}
        onClick={() => prove.mutate()}
      >
        Użyj klucza
      </Button>
    </Stack>
  );
}

/** Who has neither password nor factor here: signs in anew where they always do, or sets a password by a letter. */
function Elsewhere({ email }: { email: string }) {
  const ways = api.useQuery("get", "/api/v1/accounts/sign-in-ways/", {}, { staleTime: 300_000 });
  const ask = api.useMutation("post", "/api/v1/accounts/password/forgotten/", { meta: { refreshes: [] } });
  const begin = useMutation({
    meta: { refreshes: [] },
    mutationFn: async ({ code, tab }: { code: string; tab: Window | null }) => {
      const path = { code };
      const { url } = bodyOf(await http.POST("/api/v1/accounts/sign-in-ways/{code}/", { params: { path } }));
      if (tab) {
        tab.opener = null;
        tab.location.assign(url);
      }
    },
    onError: (_, { tab }) => tab?.close(),
  });
  return (
    <Stack>
      <Text>Logujesz się bez hasła. Zaloguj się jeszcze raz w nowej karcie, potem wróć tutaj.</Text>
      <ProblemAlert title="Nie udało się zacząć logowania" error={begin.error ?? ways.error} />
      {ways.data?.map(({ code, name }) => (
        <Button
          key={code}
          variant="default"
          leftSection={<IconBuildingBank size={20} aria-hidden />}
          loading={begin.isPending}
          onClick={() => begin.mutate({ code, tab: window.open("about:blank") })}
        >
          Zaloguj się przez: {name}
        </Button>
      ))}
      <Button onClick={proved}>Logowanie w nowej karcie jest za mną</Button>
      <Text size="sm" c="dimmed">
        Jeśli to okno wróci, Twój dostawca nie mówi nam, kiedy podano mu hasło. Ustaw wtedy hasło do OPIUM.
      </Text>
      <ProblemAlert error={ask.error} />
      {ask.isSuccess ? (
        <Text role="status">Odnośnik do ustawienia hasła jest w drodze na adres {email}.</Text>
      ) : (
        <Button
          variant="subtle"
          leftSection={<IconMail size={20} aria-hidden />}
          loading={ask.isPending}
          onClick={() => ask.mutate({ body: { email } })}
        >
          Wyślij mi odnośnik do ustawienia hasła
        </Button>
      )}
    </Stack>
  );
}
