import { Button, Modal, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";

/** What can be written in an expression: every function, an example of it and what it gives. */
export function ExpressionHelp() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-xs" onClick={() => setIsOpen(true)}>
        Co można napisać
      </Button>
      <Modal opened={isOpen} onClose={() => setIsOpen(false)} title="Co można napisać w wyrażeniu" size="xl">
        {isOpen && <Functions />}
      </Modal>
    </>
  );
}

const FOR_AN_HOUR = { staleTime: 3_600_000 };

function Functions() {
  const groups = api.useQuery("get", "/api/v1/forms/functions/", {}, FOR_AN_HOUR);
  return (
    <Stack gap="md">
      <Text>
        Odpowiedź nazywa się kluczem pytania, kolumna tabeli: <code>tabela.kolumna</code>, cecha jednostki:{" "}
        <code>jednostka.rodzaj</code>. Działania: <code>+ - * /</code>, porównania: <code>{"= <> < <= > >="}</code>,
        warunki łączy <code>i</code>, <code>lub</code>, <code>nie</code>.
      </Text>
      {groups.data?.map(({ title, functions }) => (
        <section key={title}>
          <Title order={3} size="h5">
            {title}
          </Title>
          <dl style={{ margin: "0.25rem 0 0" }}>
            {functions.map(({ written, sentence }) => (
              <div key={written} style={{ marginBottom: "0.4rem" }}>
                <dt>
                  <code style={{ overflowWrap: "anywhere" }}>{written}</code>
                </dt>
                <dd style={{ margin: "0 0 0 1rem" }}>{sentence}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Stack>
  );
}
