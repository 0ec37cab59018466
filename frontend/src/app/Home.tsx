import { Skeleton, Stack, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useSession } from "@/api/session";
import classes from "@/app/Home.module.css";
import { modulesOf } from "@/app/menu";
import { byDeadline } from "@/app/waiting";
import { EmptyState } from "@/ui/EmptyState";
import { counted } from "@/ui/format";
import type { Waiting } from "@/ui/module";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { RelativeDue } from "@/ui/RelativeDue";
import { TextLink } from "@/ui/TextLink";

/** What all modules say waits for this person, the most pressing first. */
export function Home() {
  const session = useSession();
  const answers = useQueries({
    queries: modulesOf(session).flatMap(({ label, waiting }) =>
      waiting ? [{ queryKey: ["waiting", label], queryFn: waiting }] : [],
    ),
  });
  const matters = byDeadline(answers.flatMap(({ data }) => data ?? []));
  const isLoading = answers.some(({ isPending }) => isPending);
  const failed = answers.find(({ error }) => error);

  return (
    <>
      <PageHeader
        title="Co na mnie czeka"
        description={
          matters.length > 0
            ? `${counted(matters.length, "sprawa", "sprawy", "spraw")}, najpilniejsze na górze`
            : undefined
        }
      />
      <Stack>
        <ProblemAlert error={failed?.error} retry={() => void failed?.refetch()} />
        {isLoading && <Skeleton height={64} role="status" aria-label="Wczytywanie" />}
        {!isLoading && !failed && matters.length === 0 && (
          <EmptyState title="Nic na Ciebie nie czeka">
            Gdy ktoś poprosi o odpowiedź albo minie termin Twojej ankiety, zobaczysz to tutaj. Wszystko, czego możesz
            używać, jest w menu.
          </EmptyState>
        )}
        {matters.length > 0 && (
          <ul className={classes.list} aria-label="Sprawy, które na mnie czekają">
            {matters.map((matter) => (
              <Matter key={matter.key} matter={matter} />
            ))}
          </ul>
        )}
      </Stack>
    </>
  );
}

function Matter({ matter }: { matter: Waiting }) {
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <TextLink to={matter.to} fw={600}>
          {matter.title}
        </TextLink>
        <Text size="sm" c="dimmed">
          {matter.action} · {matter.description}
        </Text>
      </div>
      {matter.dueAt ? (
        <RelativeDue at={matter.dueAt} />
      ) : (
        <Text size="sm" c="dimmed">
          bez terminu
        </Text>
      )}
    </li>
  );
}
