import { Alert, Anchor, Skeleton, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { api, bodyOf, http, type Schemas } from "@/api/client";
import { FileCaution } from "@/ui/FileCaution";
import { formatDateTime, formatSize } from "@/ui/format";
import { NoSecret } from "@/ui/NoSecret";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { TextLink } from "@/ui/TextLink";
import { AcceptedMessage } from "./AcceptedMessage";
import { VerdictForm } from "./VerdictForm";

/** Addresses of files live for five minutes; the page asks for new ones before that. */
const FILES_LIVE = 4 * 60_000;

/** Where the letter's one-time link leads: the frozen message, and one decision without signing in. */
export function AcceptByLink() {
  const { hash } = useLocation();
  const token = hash.slice(1);
  const decide = api.useMutation("post", "/api/v1/messaging/acceptance-links/decide/", {
    meta: { refreshes: [] },
  });
  const look = useQuery({
    queryKey: ["acceptance-link", token],
    queryFn: async () => bodyOf(await http.POST("/api/v1/messaging/acceptance-links/look/", { body: { token } })),
    refetchInterval: FILES_LIVE,
    enabled: token !== "" && !decide.isSuccess,
    retry: false,
  });
  const shown = look.data;

  if (token === "") {
    return (
      <Stack>
        <NoSecret />
        <TextLink to="/sign-in">Przejdź do logowania</TextLink>
      </Stack>
    );
  }
  if (decide.isSuccess) {
    return <Decided state={decide.variables.body.verdict} />;
  }
  if (!shown || look.error) {
    return look.error ? (
      <Stack>
        <ProblemAlert title="Odnośnik nie działa" error={look.error} />
        <TextLink to="/sign-in">Przejdź do logowania</TextLink>
      </Stack>
    ) : (
      <Skeleton height={240} role="status" aria-label="Wczytywanie" />
    );
  }
  const { acceptance, person, expires_at: expiresAt, files } = shown;
  return (
    <Stack>
      <AcceptedMessage acceptance={acceptance} files={<Files files={files} />} />
      <VerdictForm
        sends={acceptance.sends}
        isWorking={decide.isPending}
        error={decide.error}
        onDecide={(verdict, reason) => decide.mutate({ body: { token, verdict, reason } })}
      />
      <Text size="sm" c="dimmed">
        Decyzję zapiszemy jako: {person}. Odnośnik działa raz, do {formatDateTime(expiresAt)}; nie przekazuj go nikomu.
      </Text>
    </Stack>
  );
}

function Decided({ state }: { state: "accept" | "return" }) {
  return (
    <Alert
      color="success"
      icon={<IconCircleCheck aria-hidden />}
      title={state === "return" ? "Zwrócono autorowi" : "Zaakceptowano"}
      role="status"
    >
      Możesz zamknąć tę stronę.
    </Alert>
  );
}

function Files({ files }: { files: readonly Schemas["LinkedFileOut"][] }) {
  return (
    files.length > 0 && (
      <ul aria-label="Załączniki">
        {files.map(({ name, size, url }) => (
          <li key={url}>
            <Anchor href={url} underline="always">
              {name}
            </Anchor>{" "}
            <Text span size="sm" c="dimmed">
              {formatSize(size)}
            </Text>
            <FileCaution name={name} />
          </li>
        ))}
      </ul>
    )
  );
}
