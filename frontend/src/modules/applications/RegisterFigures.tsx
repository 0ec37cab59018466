import { Stack, Text } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { api, type Schemas } from "@/api/client";
import { Fold } from "@/ui/Fold";
import { counted, formatMoney } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { MoneySlices } from "./MoneySlices";
import type { RegisterQuery } from "./nouns";

type Statistics = Schemas["RegisterStatisticsOut"];

const sliced = (told: readonly Statistics[]) =>
  told.map(({ name, handed_in, money }) => ({
    name,
    handedIn: handed_in,
    asked: money.asked,
    granted: money.granted,
    settled: money.settled,
  }));

/** What the rows of the register come to, narrowed as the list is: by year, by type and by kind of unit. */
export function RegisterFigures({ narrowed }: { narrowed: RegisterQuery }) {
  const { data, error, refetch } = api.useQuery(
    "get",
    "/api/v1/applications/register/figures/",
    { params: { query: narrowed } },
    { placeholderData: keepPreviousData },
  );
  if (error) {
    return <ProblemAlert error={error} title="Nie policzono kwot" retry={() => void refetch()} />;
  }
  if (!data) {
    return null;
  }
  const { whole, by_year, by_procedure, by_kind } = data;
  const told = [
    counted(whole.handed_in, "złożony wniosek", "złożone wnioski", "złożonych wniosków"),
    `przyznano ${formatMoney(whole.money.granted)}`,
  ];
  return (
    <Fold title="Liczby i kwoty" note={told.join(", ")}>
      <Stack>
        <Text>
          Wnioskowano {formatMoney(whole.money.asked)}, przyznano {formatMoney(whole.money.granted)}, rozliczono{" "}
          {formatMoney(whole.money.settled)}, zwrócono {formatMoney(whole.money.returned)}. Liczby dotyczą wniosków z
          listy poniżej, tak jak jest zawężona.
        </Text>
        <MoneySlices title="W kolejnych latach" first="Rok" slices={sliced(by_year)} />
        <MoneySlices title="Według rodzajów wniosków" first="Rodzaj wniosku" slices={sliced(by_procedure)} />
        <MoneySlices title="Według rodzajów jednostek" first="Rodzaj jednostki" slices={sliced(by_kind)} />
      </Stack>
    </Fold>
  );
}
