import { Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { SESSION_PATH } from "@/api/session";
import type { Letter } from "@/app/letter";
import { EditForm } from "@/ui/EditForm";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { useEdit } from "@/ui/useEdit";

/** The first password of somebody invited, or a new one; the person is signed in with it at once. */
export function SetPassword({ token, letter }: { token: string; letter: Letter }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const set = useMutation({
    mutationFn: async ({ password }: { password: string }) => {
      await http.POST("/api/v1/accounts/password/", { body: { token, password } });
      return bodyOf(await http.POST(SESSION_PATH, { body: { email: letter.email, password } }));
    },
    onSuccess: (session) => {
      cache.clear(); // whoever was signed in here before is not any more
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      return navigate(session.person ? "/" : "/sign-in", { replace: true });
    },
  });
  const form = useEdit({
    begin: { password: "" },
    labels: { password: "Nowe hasło" },
    saving: [set],
    isFleeting: true,
  });

  return (
    <EditForm
      form={form}
      refused="Nie ustawiono hasła"
      save="Ustaw hasło i zaloguj się"
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
    </EditForm>
  );
}
