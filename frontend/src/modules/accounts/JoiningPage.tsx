import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FactList } from "@/ui/FactList";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { READING } from "@/ui/widths";
import { factsOf, type Joining } from "./joinings";

const ENDS: Record<Exclude<Joining["state"], "waiting">, { title: string; words: string }> = {
  agreed: {
    title: "Zgoda zapisana",
    words: "Od teraz tu należysz. Nowe sprawy zobaczysz w menu i na pierwszej stronie.",
  },
  declined: { title: "Odmowa zapisana", words: "Nic się nie zmieniło. Osoba, która prosiła, już o tym wie." },
  withdrawn: { title: "Prośbę wycofano", words: "Nie musisz nic robić." },
  lapsed: { title: "Minął termin prośby", words: "Jeśli chcesz dołączyć, poproś tę osobę o nową prośbę." },
  void: {
    title: "Prośba straciła ważność",
    words:
      "Osoba, która prosiła, nie może już tego nadać albo zmieniły się rola lub miejsce. Nic się nie zmieniło. Jeśli chcesz dołączyć, napisz do tej osoby.",
  },
};

/** Somebody may have been faster; then the page tells what stands now. */
const REREAD = { meta: { isRereadWhenRefused: true } };

/** What the person signed in is asked: who asks, where, with which role, until when; one press answers. */
export function JoiningPage() {
  const { id = "" } = useParams();
  const path = { path: { id } };
  const { data: joining } = api.useSuspenseQuery("get", "/api/v1/accounts/account/joinings/{id}/", { params: path });
  const agree = api.useMutation("post", "/api/v1/accounts/account/joinings/{id}/agree/", REREAD);
  const decline = api.useMutation("post", "/api/v1/accounts/account/joinings/{id}/decline/", REREAD);
  const { state } = joining;
  return (
    <>
      <PageHeader title="Prośba o dołączenie" description={joining.scope.name} />
      <Panel title="O co chodzi" maw={READING}>
        <Stack>
          <FactList facts={[...factsOf(joining), ["Czas na odpowiedź", `do ${formatDateTime(joining.expires_at)}`]]} />
          {state === "waiting" ? (
            <>
              <Text>
                Dopóki się nie zgodzisz, nic się nie zmieni. Po zgodzie osoba kierująca tym miejscem zobaczy Twoje imię,
                nazwisko, adres i role w nim, a Ty zobaczysz jego sprawy.
              </Text>
              <ProblemAlert title="Nie zapisano odpowiedzi" error={agree.error ?? decline.error} />
              <Group gap="sm">
                <Button
                  loading={agree.isPending}
                  disabled={decline.isPending}
                  onClick={() => agree.mutate({ params: path })}
                >
                  Zgadzam się
                </Button>
                <Button
                  variant="default"
                  loading={decline.isPending}
                  disabled={agree.isPending}
                  onClick={() => decline.mutate({ params: path })}
                >
                  Odmawiam
                </Button>
              </Group>
            </>
          ) : (
            <>
              <Alert
                color={state === "agreed" ? "success" : "navy"}
                icon={state === "agreed" ? <IconCircleCheck aria-hidden /> : <IconInfoCircle aria-hidden />}
                title={ENDS[state].title}
                role="status"
              >
                {ENDS[state].words}
              </Alert>
              <Group>
                <ButtonLink to="/" variant="default">
                  Zobacz, co na mnie czeka
                </ButtonLink>
              </Group>
            </>
          )}
        </Stack>
      </Panel>
    </>
  );
}
