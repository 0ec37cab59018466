import { Anchor, Collapse, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { Schemas } from "@/api/client";
import { FactList } from "@/ui/FactList";
import { counted, formatDateTime } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import classes from "./MessagePage.module.css";
import { wantedOf } from "./wanted";

export type Acceptance = Schemas["AcceptanceOut"];

interface AcceptedMessageProps {
  acceptance: Acceptance;
  /** The attached files to download, as the page may offer them. */
  files: ReactNode;
}

/** Exactly what goes out once it is accepted, whom it goes to, and what has been said of it. */
export function AcceptedMessage({ acceptance, files }: AcceptedMessageProps) {
  const { message, steps } = acceptance;
  const request = message.answer_request;
  return (
    <>
      <Panel title={message.subject}>
        <Stack>
          <Text className={classes.body}>{message.body || "Wiadomość nie ma treści."}</Text>
          {files}
          <FactList
            facts={[
              ["Autor", message.author.name],
              ["Adresaci", <Recipients key="recipients" acceptance={acceptance} />],
              ...(request
                ? ([
                    ["Prośba o", wantedOf(request)],
                    ["Termin odpowiedzi", request.due_at ? formatDateTime(request.due_at) : "bez terminu"],
                  ] as const)
                : []),
            ]}
          />
        </Stack>
      </Panel>
      <Panel title="Przebieg">
        <ol className={classes.steps}>
          {steps.map(({ at, who, in_place_of: absent, deed, reason }) => (
            <li key={`${at} ${deed}`}>
              <Text>
                <time dateTime={at}>{formatDateTime(at)}</time>, {who}
                {absent && ` (w zastępstwie: ${absent})`}: {deed}
              </Text>
              {reason && <Text className={classes.body}>„{reason}”</Text>}
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}

function Recipients({ acceptance }: { acceptance: Acceptance }) {
  const { units, people, unit_count: unitCount, person_count: personCount } = acceptance;
  const [isShown, names] = useDisclosure(unitCount + personCount <= 10);
  const all = [...units, ...people];
  const left = unitCount + personCount - all.length;
  return (
    <>
      <Text>
        {[
          unitCount > 0 && counted(unitCount, "jednostka", "jednostki", "jednostek"),
          personCount > 0 && counted(personCount, "osoba", "osoby", "osób"),
        ]
          .filter(Boolean)
          .join(" i ")}{" "}
        <Anchor component="button" type="button" aria-expanded={isShown} onClick={names.toggle}>
          {isShown ? "Ukryj nazwy" : "Pokaż nazwy"}
        </Anchor>
      </Text>
      <Collapse expanded={isShown}>
        <Text size="sm">
          {all.join(", ")}
          {left > 0 && ` i jeszcze ${left}`}
        </Text>
      </Collapse>
    </>
  );
}
