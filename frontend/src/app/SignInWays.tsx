import { Button, Stack } from "@mantine/core";
import { IconBuildingBank } from "@tabler/icons-react";
import { api } from "@/api/client";
import { ProblemAlert } from "@/ui/ProblemAlert";

/** The city's own ways to sign in (OpenID Connect), where it has any. */
export function SignInWays() {
  const ways = api.useQuery("get", "/api/v1/accounts/sign-in-ways/", {}, { staleTime: 300_000 });
  const begin = api.useMutation("post", "/api/v1/accounts/sign-in-ways/{code}/", {
    meta: { refreshes: [] },
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (!ways.data || ways.data.length === 0) {
    return null; // a list that did not come is no reason to hold up those who have a password
  }
  return (
    <Stack gap="xs">
      <ProblemAlert title="Nie udało się zacząć logowania" error={begin.error} />
      {ways.data.map(({ code, name }) => (
        <Button
          key={code}
          variant="default"
          size="md"
          leftSection={<IconBuildingBank size={20} aria-hidden />}
          loading={begin.isPending}
          onClick={() => begin.mutate({ params: { path: { code } } })}
        >
          Zaloguj się przez: {name}
        </Button>
      ))}
    </Stack>
  );
}
