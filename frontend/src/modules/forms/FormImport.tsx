import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { DownloadButton } from "@/ui/DownloadButton";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ReadingDrop } from "@/ui/ReadingDrop";
import { useReading } from "@/ui/useReading";
import { READING } from "@/ui/widths";

const ENDINGS = [".xlsx", ".json"];

/** Reads a form from a file: one that another city shared, or a plain workbook with one row a question. */
export function FormImport() {
  const navigate = useNavigate();
  const reading = useReading({ purpose: "forms.form", endings: ENDINGS, onChange: () => read.reset() });
  const { file } = reading;
  const read = api.useMutation("post", "/api/v1/forms/forms/import/", {
    meta: { refreshes: ["/api/v1/forms/", "/api/v1/files/readings/"] },
    onSuccess: async ({ id, problems }) => {
      await navigate(`/forms/forms/${id}`);
      notifyDone(problems.length > 0 ? "Wczytano formularz. Popraw wskazane miejsca." : "Wczytano formularz.");
    },
  });

  return (
    <>
      <PageHeader title="Formularz z pliku" back={{ to: "/forms/forms", label: "Formularze" }} />
      <Stack maw={READING}>
        <ProblemAlert error={read.error} title="Nie wczytano formularza" />
        <Panel title="Plik" actions={<DownloadButton href="/api/v1/forms/forms/pattern/">Wzór xlsx</DownloadButton>}>
          <Stack>
            <ReadingDrop
              label="Plik z formularzem"
              description="xlsx (jeden wiersz na pytanie) albo json pobrany z OPIUM."
              endings={ENDINGS}
              reading={reading}
              refused="Nie udało się odczytać formularza"
            />
            <div>
              <Text>W arkuszu xlsx pierwszy wiersz to nagłówki, a kolumny mogą być w dowolnej kolejności:</Text>
              <List mt={4}>
                <List.Item>Sekcja, Pytanie, Rodzaj (np. krótki tekst, kwota, jedna odpowiedź z listy);</List.Item>
                <List.Item>Wymagane (tak albo nie), Objaśnienie, Odpowiedzi do wyboru.</List.Item>
              </List>
              <Text mt={4}>
                Najprościej zacząć od wzoru: to mały formularz, który pokazuje każdy rodzaj wiersza. Zawsze powstaje
                nowy formularz; żaden istniejący się nie zmieni.
              </Text>
            </div>
          </Stack>
        </Panel>
        <Group justify="flex-end">
          <ButtonLink to="/forms/forms" variant="default">
            Anuluj
          </ButtonLink>
          <Button
            disabled={!file}
            loading={reading.isUnderWay || read.isPending}
            onClick={() => file && read.mutate({ body: { file } })}
          >
            Wczytaj formularz
          </Button>
        </Group>
      </Stack>
    </>
  );
}
