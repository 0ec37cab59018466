import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import type { Schemas } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FactList } from "@/ui/FactList";
import { formatDateTime } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import classes from "@/ui/ReceiptView.module.css";

interface ReceiptViewProps {
  receipt: Schemas["ReceiptOut"];
  /** Where whoever has read it goes on: "Wróć do sprawy". */
  onwards: string;
}

/** The receipt of an official act, to be printed and kept; the same for every module. */
export function ReceiptView({ receipt, onwards }: ReceiptViewProps) {
  const { title, at, number, by, facts, seen_by, follows, url } = receipt;
  return (
    <>
      <PageHeader
        title={title}
        description={`Potwierdzenie ${number}`}
        actions={
          <Button variant="default" leftSection={<IconPrinter size={18} aria-hidden />} onClick={() => window.print()}>
            Drukuj
          </Button>
        }
      />
      <div className={classes.receipt}>
        <Panel title="Co zrobiono">
          <FactList
            facts={[
              ["Kiedy", <time key="at" dateTime={at}>{`${formatDateTime(at)} (czas serwera)`}</time>],
              ["Kto", by],
              ["Numer potwierdzenia", number],
              ...facts.map(({ label, value }) => [label, value] as const),
            ]}
          />
        </Panel>
        <Panel title="Kto to teraz widzi">
          <Sentences of={seen_by} />
        </Panel>
        <Panel title="Co dalej">
          <Sentences of={follows} />
          <ButtonLink to={url} mt="sm">
            {onwards}
          </ButtonLink>
        </Panel>
      </div>
    </>
  );
}

const Sentences = ({ of }: { of: readonly string[] }) => (
  <ul className={classes.list}>
    {of.map((sentence) => (
      <li key={sentence}>{sentence}</li>
    ))}
  </ul>
);
