import { List, Progress, Stack, Text, Title } from "@mantine/core";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { EmptyState } from "@/ui/EmptyState";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import { READING } from "@/ui/widths";
import classes from "./OwnApplications.module.css";
import { OwnConflicts } from "./OwnConflicts";
import { TieList } from "./TieList";

/** A member's own page: in each call how many applications they have scored, and the next one. */
export function ScoringList() {
  const { data } = api.useSuspenseQuery("get", "/api/v1/applications/scoring/");
  return (
    <>
      <PageHeader
        title="Ocena wniosków"
        description="Wnioski, które oceniasz. Następny jest zawsze ten, który ma najmniej ocen."
      />
      {data.length === 0 ? (
        <EmptyState title="Nie masz teraz wniosków do oceny">
          Gdy wniosek dojdzie do oceny komisji, w której jesteś, zobaczysz go tutaj.
        </EmptyState>
      ) : (
        <Stack maw={READING}>
          {data.map(({ call, title, done, total, next }) => (
            <article key={call} className={classes.card} aria-labelledby={`ocena-${call}`}>
              <Title order={2} size="h4" id={`ocena-${call}`}>
                {title}
              </Title>
              <Text>
                Oceniono {done} z {total}
              </Text>
              <Progress value={(done / total) * 100} aria-label={`Oceniono ${done} z ${total}`} />
              {next ? (
                <ButtonLink
                  to={`/procedures/cases/${next}?fill`}
                  aria-label={`Oceń następny: ${title}`}
                  style={{ alignSelf: "flex-start" }}
                >
                  Oceń następny
                </ButtonLink>
              ) : (
                <Text c="dimmed">Wszystko ocenione. Ocenę możesz obejrzeć w sprawach.</Text>
              )}
            </article>
          ))}
        </Stack>
      )}
      <Stack maw={READING} mt="xl">
        <LedCommittees />
        <OwnConflicts />
        <TieList />
      </Stack>
    </>
  );
}

/** Those that the person leads, keeps the papers of, or runs the call of. */
function LedCommittees() {
  const { data } = api.useQuery("get", "/api/v1/applications/committees/");
  if (!data || data.length === 0) {
    return null;
  }
  return (
    <Panel title="Komisje, które prowadzisz">
      <List>
        {data.map(({ id, name, title }) => (
          <List.Item key={id}>
            <TextLink to={`/applications/committees/${id}`}>{name}</TextLink>: {title}
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
