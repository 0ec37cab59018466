import { Alert, Button, Skeleton, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { SESSION_PATH } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { EditForm } from "@/ui/EditForm";
import { FactList } from "@/ui/FactList";
import { formatDateTime } from "@/ui/format";
import { NewPasswordField } from "@/ui/NewPasswordField";
import { NoSecret } from "@/ui/NoSecret";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";
import { useEdit } from "@/ui/useEdit";
import { factsOf } from "./joinings";

/** Where the letter leads somebody who has no account: what is asked, and a password or a refusal. */
export function JoiningLetter() {
  const { hash } = useLocation();
  const token = hash.slice(1);
  const look = useQuery({
    queryKey: ["joining", token],
    queryFn: async () => bodyOf(await http.POST("/api/v1/accounts/joinings/look/", { body: { token } })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: token !== "",
  });
  const decline = api.useMutation("post", "/api/v1/accounts/joinings/decline/", { meta: { refreshes: [] } });

  if (token === "") {
    return (
      <Stack>
        <NoSecret />
        <TextLink to="/sign-in">Przejdź do logowania</TextLink>
      </Stack>
    );
  }
  if (decline.isSuccess) {
    return (
      <Alert color="success" icon={<IconCircleCheck aria-hidden />} title="Odmowa zapisana" role="status">
        Nie powstało żadne konto. Możesz zamknąć tę stronę.
      </Alert>
    );
  }
  if (!look.data || look.error) {
    return look.error ? (
      <Stack>
        <ProblemAlert title="Odnośnik nie działa" error={look.error} />
        <TextLink to="/sign-in">Przejdź do logowania</TextLink>
      </Stack>
    ) : (
      <Skeleton height={240} role="status" aria-label="Wczytywanie" />
    );
  }
  const joining = look.data;
  return (
    <Stack>
      <Text>Dzień dobry, {joining.name}. Dopóki się nie zgodzisz, nic się nie zmieni.</Text>
      <FactList facts={factsOf(joining)} />
      {joining.has_account ? (
        <>
          <Text>Masz już konto z adresem {joining.email}. Zaloguj się i odpowiedz na stronie „Co na mnie czeka”.</Text>
          <ButtonLink to="/">Zaloguj się</ButtonLink>
        </>
      ) : (
        <>
          <Agreement token={token} email={joining.email} />
          <ProblemAlert title="Nie zapisano odmowy" error={decline.error} />
          <Button
            variant="default"
            size="md"
            loading={decline.isPending}
            onClick={() => decline.mutate({ body: { token } })}
          >
            Odmawiam
          </Button>
          <Text size="sm" c="dimmed">
            Odnośnik działa do {formatDateTime(joining.expires_at)}.
          </Text>
        </>
      )}
    </Stack>
  );
}

function Agreement({ token, email }: { token: string; email: string }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const agree = useMutation({
    meta: { refreshes: [] },
    mutationFn: async ({ password }: { password: string }) => {
      const joining = bodyOf(await http.POST("/api/v1/accounts/joinings/agree/", { body: { token, password } }));
      return joining.state === "agreed"
        ? bodyOf(await http.POST(SESSION_PATH, { body: { email, password } }))
        : undefined; // the request was void, and no account has come of it
    },
    onSuccess: (session) => {
      if (!session) {
        return;
      }
      // Whoever was signed in here before is not any more; the letter itself still stands on the page.
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "joining" });
      cache.setQueryData(api.queryOptions("get", SESSION_PATH, {}).queryKey, session);
      return navigate(session.person ? "/" : "/sign-in", { replace: true });
    },
  });
  const form = useEdit({
    begin: { password: "" },
    labels: { password: "Nowe hasło" },
    saving: [agree],
    isFleeting: true,
  });
  if (agree.isSuccess && !agree.data) {
    return (
      <Alert color="navy" icon={<IconInfoCircle aria-hidden />} title="Prośba straciła ważność" role="status">
        Osoba, która prosiła, nie może już tego nadać. Nie powstało żadne konto. Napisz do tej osoby.
      </Alert>
    );
  }
  return (
    <EditForm
      form={form}
      refused="Nie zapisano zgody"
      save="Zgadzam się i ustawiam hasło"
      press={{ size: "md" }}
      isWide
      onSave={(fields) => agree.mutate(fields)}
    >
      {/* For the browser's own keeper of passwords. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField {...form.choice("password")} />
    </EditForm>
  );
}
