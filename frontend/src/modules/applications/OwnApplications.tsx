import { Button, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { MoreFilters } from "@/ui/MoreFilters";
import { PageHeader } from "@/ui/PageHeader";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { SearchField } from "@/ui/SearchField";
import { StatusBadge } from "@/ui/StatusBadge";
import { oneOf, useTableView } from "@/ui/tableView";
import { titled, WHERE_IT_STANDS } from "./ApplicationColumns";
import { momentOf, type Opening, type OwnApplication, type Place, STANDINGS } from "./nouns";
import classes from "./OwnApplications.module.css";
import { deedsOf } from "./OwnDeeds";
import { useBegin } from "./useBegin";

/** The unit's side: what is open, until when, how many are left; and the applications that there are. */
export function OwnApplications() {
  const { data: openings } = api.useSuspenseQuery("get", "/api/v1/applications/openings/");
  return (
    <>
      <PageHeader title="Wnioski" description="Nabory, w których możesz złożyć wniosek, i wnioski już założone." />
      <Stack gap="xl">
        <section aria-labelledby="openings">
          <Title order={2} id="openings" mb="sm">
            Otwarte nabory
          </Title>
          {openings.length === 0 ? (
            <EmptyState title="Nie ma teraz otwartego naboru">
              Gdy wydział ogłosi nabór dla Twojej jednostki, zobaczysz go tutaj i dostaniesz o nim wiadomość.
            </EmptyState>
          ) : (
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              {openings.map((one) => (
                <OpeningCard key={one.id} opening={one} />
              ))}
            </SimpleGrid>
          )}
        </section>
        <OwnList openings={openings} />
      </Stack>
    </>
  );
}

function OpeningCard({ opening }: { opening: Opening }) {
  const heading = `nabor-${opening.id}`;
  return (
    <article className={classes.card} aria-labelledby={heading}>
      <Group gap="xs" align="baseline">
        <Title order={3} id={heading} size="h4">
          {opening.title}
        </Title>
        {opening.is_test && (
          <Text size="sm" c="dimmed">
            <IconFlask size={14} aria-hidden /> nabór próbny
          </Text>
        )}
      </Group>
      {opening.description && <Text className={classes.what}>{opening.description}</Text>}
      <ul className={classes.places}>
        {opening.places.map((place) => (
          <li key={place.unit ?? "me"}>
            <PlaceRow opening={opening} place={place} isNamed={opening.places.length > 1} />
          </li>
        ))}
      </ul>
    </article>
  );
}

function PlaceRow({ opening, place, isNamed }: { opening: Opening; place: Place; isNamed: boolean }) {
  const begin = useBegin();
  const until = place.closes_at && `do ${momentOf(place.closes_at)}`;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="sm">
        <div>
          {isNamed && <Text fw={600}>{place.name}</Text>}
          {place.may ? (
            <Text>
              {[place.left === null ? null : `zostało ${place.left} z ${place.limit}`, until]
                .filter(Boolean)
                .join(", ")}
            </Text>
          ) : (
            <StatusBadge tone="warning">{place.sentence}</StatusBadge>
          )}
        </div>
        {place.may && (
          <Button
            loading={begin.isPending}
            onClick={() => begin.mutate({ body: { call: opening.id, unit: place.unit, title: "" } })}
            aria-label={`Rozpocznij ${opening.noun}: ${opening.title}${isNamed ? `, ${place.name}` : ""}`}
          >
            Rozpocznij
          </Button>
        )}
      </Group>
      <ProblemAlert error={begin.error} title="Nie założono wniosku" />
    </Stack>
  );
}

const COLUMNS: readonly [Column<OwnApplication>, ...Column<OwnApplication>[]] = [
  titled(({ call, unit }) => [call.title, unit?.short_name].filter(Boolean).join(" · ")),
  ...WHERE_IT_STANDS,
];

function OwnList({ openings }: { openings: readonly Opening[] }) {
  const view = useTableView({ filters: ["standing"] as const });
  const standing = oneOf(
    view.filters.standing,
    STANDINGS.map(({ value }) => value),
  );
  const own = api.useQuery(
    "get",
    "/api/v1/applications/own/",
    { params: { query: { ...view.query, ...(standing && { standing }) } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <section aria-labelledby="own">
      <Title order={2} id="own" mb="sm">
        Moje wnioski
      </Title>
      <DataTable
        list="applications.own"
        label="Moje wnioski"
        columns={[
          ...COLUMNS,
          {
            id: "actions",
            header: "Czynności",
            phone: "bare",
            render: (application) => deedsOf({ application, openings }),
          },
        ]}
        query={own}
        view={view}
        rowKey={({ id }) => id}
        empty={
          <EmptyState title="Nie masz jeszcze wniosków">
            Rozpocznij wniosek w otwartym naborze. Szkic zapisuje się sam i możesz do niego wrócić.
          </EmptyState>
        }
        tools={
          <>
            <SearchField label="Szukaj wniosku" value={view.search} onChange={view.setSearch} />
            <MoreFilters used={view.used}>
              <ChoiceField
                label="Które"
                placeholder="wszystkie"
                choices={STANDINGS}
                value={standing ?? null}
                onChange={(next) => view.setFilter("standing", next)}
              />
            </MoreFilters>
          </>
        }
      />
    </section>
  );
}
