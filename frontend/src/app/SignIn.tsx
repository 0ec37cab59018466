import { Alert, Stack, Text } from "@mantine/core";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useSession } from "@/api/session";
import { Door } from "@/app/Door";
import { returnPath } from "@/app/returnPath";
import { SignInForm } from "@/app/SignInForm";
import { SignInWays } from "@/app/SignInWays";
import { TextLink } from "@/ui/TextLink";

/** Why the city's own way in failed; it comes back to "/?sign-in=<code>". */
const REFUSALS: Record<string, string> = {
  not_invited: "Nie masz tu konta. Poproś o zaproszenie osobę, która prowadzi konta w Twoim mieście.",
  account_closed: "Twoje konto jest zamknięte. Zwróć się do osoby, która prowadzi konta w Twoim mieście.",
};
const OTHER_REFUSAL = "Logowanie przez miasto nie powiodło się. Spróbuj ponownie albo użyj hasła.";

export function SignIn() {
  return (
    <Door title="Zaloguj się">
      <Content />
    </Door>
  );
}

function Content() {
  const { person, second_factor } = useSession();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const next = returnPath(params.get("next"));
  const refusal = new URL(next, window.location.origin).searchParams.get("sign-in");
  const target = refusal === null ? next : "/";

  if (person) {
    return <Navigate to={target} replace />;
  }
  return (
    <Stack>
      {refusal !== null && (
        <Alert color="danger" title="Nie udało się zalogować" role="alert">
          {REFUSALS[refusal] ?? OTHER_REFUSAL}
        </Alert>
      )}
      <SignInForm
        waitsFor={second_factor}
        onSignedIn={() => navigate(target, { replace: true })}
        help={<TextLink to="/forgotten-password">Nie pamiętam hasła</TextLink>}
        ways={<SignInWays />}
      >
        <Text size="sm" c="dimmed">
          Nie masz konta? Zaproszenie wysyła osoba, która prowadzi konta w wydziale oświaty albo w Twojej jednostce.
        </Text>
      </SignInForm>
    </Stack>
  );
}
