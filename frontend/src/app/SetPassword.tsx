import { Alert, Radio, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { SESSION_PATH } from "@/api/session";
import type { Letter } from "@/app/letter";
import { EditForm } from "@/ui/EditForm";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { TextLink } from "@/ui/TextLink";
import { type Edit, useEdit } from "@/ui/useEdit";

const BEGIN = { password: "", factor: "kept", code: "" };
type Fields = typeof BEGIN;

interface SetPasswordProps {
  token: string;
  letter: Letter;
  /** The password is set, so the link is good for nothing more. */
  onUsed: () => void;
}

/** The first password of somebody invited, or a new one; the person is signed in with it at once. */
export function SetPassword({ token, letter, onUsed }: SetPasswordProps) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const set = useMutation({
    mutationFn: async ({ password, factor, code }: Fields) => {
      const hasLost = factor === "lost";
      await http.POST("/api/v1/accounts/password/", {
        body: { token, password, has_lost_factor: hasLost, code: hasLost ? code.replace(/\s/g, "") : "" },
      });
      return bodyOf(await http.POST(SESSION_PATH, { body: { email: letter.email, password } }));
    },
    onSuccess: (session, { factor }) => {
      // Whoever was signed in here before is not any more; the letter itself still stands on the page.
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "letter" });
      onUsed();
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      if (!session.person && factor === "lost") {
        return; // the page says what happens now
      }
      return navigate(session.person ? "/" : "/sign-in", { replace: true });
    },
  });
  const form = useEdit<Fields>({
    begin: BEGIN,
    labels: { password: "Nowe hasło", code: "Kod zapasowy, jeśli go masz" },
    saving: [set],
    isFleeting: true,
  });
  const waits = form.fields.factor === "lost" && form.fields.code === "";
  if (set.data && !set.data.person && form.fields.factor === "lost") {
    return <Reported />;
  }

  return (
    <EditForm
      form={form}
      refused="Nie ustawiono hasła"
      save={waits ? "Ustaw hasło i zgłoś utratę" : "Ustaw hasło i zaloguj się"}
      press={{ size: "md" }}
      isWide
      onSave={(fields) => set.mutate(fields)}
    >
      <Text>
        {letter.kind === "invitation"
          ? `Dzień dobry, ${letter.name}. Ustaw hasło, którym będziesz się logować razem z adresem ${letter.email}.`
          : `Ustaw nowe hasło do konta ${letter.email}. Wszystkie otwarte sesje tego konta się skończą.`}
      </Text>
      {/* For the browser's own keeper of passwords. */}
      <input type="email" autoComplete="username" value={letter.email} readOnly hidden />
      <NewPasswordField {...form.choice("password")} />
      {letter.factors.length > 0 && <FactorQuestion form={form} takesCode={letter.takes_recovery_code} />}
    </EditForm>
  );
}

/** Whether the second factor that signing in will ask for is still at hand. */
function FactorQuestion({ form, takesCode }: { form: Edit<Fields>; takesCode: boolean }) {
  const hasLost = form.fields.factor === "lost";
  return (
    <>
      <Radio.Group
        label="Twój drugi składnik"
        description="Telefon z aplikacją albo klucz, o który pytamy po haśle."
        value={form.fields.factor}
        onChange={(factor) => form.set({ factor })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="kept" label="Mam go. Podam go przy logowaniu." />
          <Radio value="lost" label="Nie mam już dostępu do tego urządzenia albo dodał je ktoś obcy." />
        </Stack>
      </Radio.Group>
      {hasLost && takesCode && (
        <TextInput
          {...form.input("code")}
          description="Z kodem usuniemy stary składnik od razu. Bez kodu zdecyduje osoba, która prowadzi konta."
          autoComplete="off"
        />
      )}
      {hasLost && !takesCode && (
        <Text size="sm">O drugim składniku zdecyduje osoba, która prowadzi konta w Twoim mieście.</Text>
      )}
    </>
  );
}

function Reported() {
  return (
    <Stack>
      <Alert color="success" icon={<IconMail aria-hidden />} title="Hasło ustawione, zgłoszenie wysłane" role="status">
        O drugim składniku zdecyduje osoba, która prowadzi konta w Twoim mieście. Może do Ciebie zadzwonić, żeby się
        upewnić, że to Ty. List o decyzji przyjdzie na Twoją skrzynkę; potem zalogujesz się nowym hasłem.
      </Alert>
      <TextLink to="/sign-in">Przejdź do logowania</TextLink>
    </Stack>
  );
}
