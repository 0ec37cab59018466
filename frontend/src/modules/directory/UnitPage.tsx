import { Alert, List, Stack, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { ButtonLink } from "@/ui/ButtonLink";
import { FactList } from "@/ui/FactList";
import { formatDate } from "@/ui/format";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { MailLink, PhoneLink, WebLink } from "./ContactLinks";
import { WriteTo } from "./WriteTo";

type UnitDetail = Schemas["UnitDetailsOut"];

/** "ul. Gdańska 5 m. 2, 85-005 Bydgoszcz" */
function addressOf({ street, building, flat, postal_code, city }: UnitDetail): string {
  const house = [street, building, flat && `m. ${flat}`].filter(Boolean).join(" ");
  return [house, `${postal_code} ${city}`.trim()].filter(Boolean).join(", ");
}

/** One unit: how to reach it, what the national register says, who works there. */
export function UnitPage() {
  const { id = "" } = useParams();
  const { data: unit } = api.useSuspenseQuery("get", "/api/v1/directory/units/{id}/", { params: { path: { id } } });

  return (
    <>
      <PageHeader
        title={unit.short_name}
        description={`${unit.name} · ${unit.kind.name}`}
        back={{ to: "/directory/units", label: "Jednostki" }}
        actions={
          <>
            {!unit.closed_on && <WriteTo what={`unit=${unit.id}`}>Napisz do jednostki</WriteTo>}
            {(unit.can.includes("change") || unit.can.includes("change_contact")) && (
              <ButtonLink to="edit" variant="default" leftSection={<IconPencil size={18} aria-hidden />}>
                Zmień dane
              </ButtonLink>
            )}
          </>
        }
      />
      <Stack>
        {unit.closed_on && (
          <Alert color="gray" title={`Jednostka zamknięta ${formatDate(unit.closed_on)}`}>
            Nie otrzymuje już wiadomości. Jej wcześniejsze odpowiedzi pozostają dostępne.
          </Alert>
        )}
        <Panel title="Kontakt">
          <FactList
            facts={[
              ["Adres", addressOf(unit)],
              ["Telefon", unit.phone && <PhoneLink number={unit.phone} />],
              ["E-mail", unit.email && <MailLink address={unit.email} />],
              ["Strona", unit.website && <WebLink address={unit.website} />],
              ["e-Doręczenia", unit.edoreczenia],
              ["NIP", unit.nip],
              ["REGON", unit.regon],
            ]}
          />
        </Panel>
        <Panel title="Osoby">
          <People people={unit.people} />
        </Panel>
        <Panel title="Wpisy w rejestrze RSPO">
          {unit.entries.length === 0 ? (
            <Text c="dimmed">Jednostka nie ma wpisu w rejestrze RSPO.</Text>
          ) : (
            <List spacing="xs">
              {unit.entries.map((entry) => (
                <List.Item key={entry.rspo}>
                  <strong>{entry.rspo}</strong> {entry.name}{" "}
                  <Text span c="dimmed" size="sm">
                    {entry.type}
                    {entry.closed_on && `, wpis zamknięty ${formatDate(entry.closed_on)}`}
                  </Text>
                </List.Item>
              ))}
            </List>
          )}
        </Panel>
      </Stack>
    </>
  );
}

function People({ people }: { people: UnitDetail["people"] }) {
  if (people.length === 0) {
    return (
      <Text c="dimmed">Nikt nie jest jeszcze przypisany do tej jednostki, więc nikt nie czyta jej wiadomości.</Text>
    );
  }
  return (
    <List spacing="sm" listStyleType="none">
      {people.map((person) => (
        <List.Item key={person.id}>
          <strong>{person.name}</strong> {person.position && <Text span>– {person.position}</Text>}
          <Text size="sm">
            <MailLink address={person.email} />
            {person.phone && (
              <>
                {" · "}
                <PhoneLink number={person.phone} />
              </>
            )}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}
