import { Button, CopyButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { READING } from "@/ui/widths";
import { DeadlineMonth } from "./DeadlineMonth";

const LINK = "/api/v1/todo/calendar-link/";

/** The secret address from which a calendar (Outlook, Google, a telephone) reads one's own deadlines. */
export function CalendarLink() {
  const { data: link } = api.useSuspenseQuery("get", LINK);
  const [asked, setAsked] = useState<"renew" | "remove" | null>(null);
  const done = (sentence: string) => () => {
    setAsked(null);
    notifyDone(sentence);
  };
  const create = api.useMutation("post", LINK, {
    onSuccess: done(link.exists ? "Utworzono nowy adres. Stary już nie działa." : "Utworzono adres kalendarza."),
  });
  const remove = api.useMutation("delete", LINK, {
    onSuccess: async () => {
      create.reset();
      await done("Usunięto adres kalendarza.")();
    },
  });

  return (
    <>
      <PageHeader
        title="Mój kalendarz terminów"
        description="Terminy wszystkiego, co na Ciebie czeka: na miesiącu i, jeśli chcesz, w Twoim własnym kalendarzu (Outlook, Google, telefon)."
        back={{ to: "/", label: "Co na mnie czeka" }}
      />
      <Stack maw={READING}>
        <ProblemAlert error={asked ? null : create.error} />
        <DeadlineMonth />
        {create.data?.url && <Secret url={create.data.url} />}
        <Panel title="Adres kalendarza">
          {link.exists ? (
            <Stack align="flex-start">
              <Text>
                Adres jest ustawiony.{" "}
                {link.used_at
                  ? `Kalendarz czytał go ostatnio ${formatDateTime(link.used_at)}.`
                  : "Żaden kalendarz jeszcze z niego nie czytał."}{" "}
                Nie pokazujemy go ponownie; jeśli zginął, ustaw nowy.
              </Text>
              <Group gap="xs">
                <Button variant="default" onClick={() => setAsked("renew")}>
                  Zmień adres…
                </Button>
                <Button variant="default" onClick={() => setAsked("remove")}>
                  Usuń adres…
                </Button>
              </Group>
            </Stack>
          ) : (
            <Stack align="flex-start">
              <Text>
                Utwórz adres i wklej go w swoim kalendarzu jako subskrypcję („dodaj kalendarz z adresu URL”). Terminy
                będą się w nim same odświeżać.
              </Text>
              <Button loading={create.isPending} onClick={() => create.mutate({})}>
                Utwórz adres kalendarza
              </Button>
            </Stack>
          )}
        </Panel>
      </Stack>
      <ConfirmDialog
        isOpen={asked === "renew"}
        title="Zmienić adres kalendarza?"
        confirmLabel="Zmień adres"
        isWorking={create.isPending}
        error={create.error}
        onConfirm={() => create.mutate({})}
        onClose={() => setAsked(null)}
      >
        Stary adres przestanie działać od razu; nowy trzeba wkleić w kalendarzu.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === "remove"}
        title="Usunąć adres kalendarza?"
        confirmLabel="Usuń adres"
        isDangerous
        isWorking={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({})}
        onClose={() => setAsked(null)}
      >
        Kalendarz, w którym jest wklejony, przestanie pokazywać terminy.
      </ConfirmDialog>
    </>
  );
}

/** Shown once, right after it was made. */
function Secret({ url }: { url: string }) {
  return (
    <Panel title="Skopiuj adres teraz">
      <Stack>
        <TextInput
          label="Tajny adres"
          description="Pokazujemy go tylko raz. Kto go zna, zobaczy Twoje terminy: nie wysyłaj go nikomu."
          value={url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Group>
          <CopyButton value={url} timeout={3000}>
            {({ copied, copy }) => (
              <Button
                leftSection={copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
                onClick={copy}
              >
                <span role="status">{copied ? "Skopiowano" : "Kopiuj adres"}</span>
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Panel>
  );
}
