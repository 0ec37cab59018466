import { Anchor, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { formatNumber } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { byPolish, folded } from "@/ui/polish";
import { SearchField } from "@/ui/SearchField";
import { useTableView } from "@/ui/tableView";
import classes from "./MergeReport.module.css";
import type { MergeReport as Report } from "./nouns";
import { FROM_LIST, REMARK, RemarkedCell } from "./RemarkedCell";

type Remark = Report["remarks"][number];

/** Remarks of this kind repeat what the list of rejected files says. */
const REJECTED = "rejected";

/** How many remarks there are beside the rejected files. */
export const countOfRemarks = ({ remarks, remark_count }: Report) =>
  remark_count - remarks.filter(({ kind }) => kind === REJECTED).length;

/** What did not fit into the merged workbook, and what a person should look at. */
export function MergeReport({ mergeId, report }: { mergeId: string; report: Report }) {
  const remarks = report.remarks.filter(({ kind }) => kind !== REJECTED);
  return (
    <Stack>
      <Rejected rejected={report.rejected} />
      <Remarks mergeId={mergeId} remarks={remarks} total={countOfRemarks(report)} />
    </Stack>
  );
}

function Rejected({ rejected }: { rejected: Report["rejected"] }) {
  if (rejected.length === 0) {
    return <Text>Wszystkie pliki dały się odczytać.</Text>;
  }
  return (
    <section aria-labelledby="rejected">
      <Title order={3} id="rejected" mb="xs">
        Pliki, których nie scalono ({formatNumber(rejected.length)})
      </Title>
      <ul className={classes.rejected}>
        {rejected.map(({ unit, file, reason }) => (
          <li key={`${unit} ${file}`}>
            <Text fw={600}>
              {unit}: {file}
            </Text>
            <Text>{reason}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cell({ cell, number }: Remark) {
  const [params] = useSearchParams();
  if (typeof number !== "number") {
    return <span className={classes.cell}>{cell}</span>;
  }
  const at = new URLSearchParams(params);
  at.set(REMARK, String(number));
  return (
    <Anchor
      component={Link}
      to={{ search: at.toString() }}
      state={FROM_LIST}
      preventScrollReset
      underline="always"
      className={classes.cell}
      aria-label={`Pokaż komórkę ${cell}`}
    >
      {cell}
    </Anchor>
  );
}

const COLUMNS: readonly [Column<Remark>, ...Column<Remark>[]] = [
  { header: "Jednostka", render: ({ unit }) => unit },
  { header: "Arkusz", phone: "bare", render: ({ sheet }) => sheet || "cały plik" },
  { header: "Komórka", phone: "end", render: (remark) => remark.cell && <Cell {...remark} /> },
  { header: "Uwaga", phone: "bare", render: ({ sentence }) => sentence },
];

interface RemarksProps {
  mergeId: string;
  remarks: readonly Remark[];
  total: number;
}

function Remarks({ mergeId, remarks, total }: RemarksProps) {
  const view = useTableView({ filters: ["unit"] as const, pageSize: 100 });
  const words = folded(view.search).split(/\s+/);
  const matching = remarks.filter((remark) => {
    const text = folded(`${remark.unit} ${remark.file} ${remark.sheet} ${remark.cell} ${remark.sentence}`);
    return (
      (view.filters.unit === undefined || remark.unit === view.filters.unit) &&
      words.every((word) => text.includes(word))
    );
  });
  const shown = matching.slice((view.page - 1) * view.pageSize, view.page * view.pageSize);
  const units = [...new Set(remarks.map(({ unit }) => unit))].toSorted(byPolish);

  return (
    <section aria-labelledby="remarks">
      <Title order={3} id="remarks" mb={4}>
        Uwagi ({formatNumber(total)})
      </Title>
      {total > 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {total > remarks.length
            ? `Tutaj widać pierwsze ${formatNumber(remarks.length)}; wszystkie są w scalonym pliku, w arkuszu „Uwagi”.`
            : "Te same uwagi są w scalonym pliku, w arkuszu „Uwagi”."}
        </Text>
      )}
      <DataTable
        label="Uwagi do arkuszy"
        columns={COLUMNS}
        query={{
          data: { count: matching.length, results: shown },
          error: null,
          isPlaceholderData: false,
          isFetching: false,
          refetch: () => undefined,
        }}
        view={view}
        rowKey={(remark) => String(remarks.indexOf(remark))}
        empty={<EmptyState title="Nie ma uwag">Wszystkie arkusze pasują do szablonu.</EmptyState>}
        tools={
          remarks.length > 0 && (
            <>
              <SearchField label="Szukaj w uwagach" value={view.search} onChange={view.setSearch} />
              <MoreFilters used={view.used}>
                <NativeSelect
                  label="Jednostka"
                  value={view.filters.unit ?? ""}
                  onChange={(event) => view.setFilter("unit", event.currentTarget.value)}
                  data={[{ value: "", label: "wszystkie" }, ...units.map((unit) => ({ value: unit, label: unit }))]}
                />
              </MoreFilters>
            </>
          )
        }
      />
      <RemarkedCell mergeId={mergeId} numbers={matching.flatMap(({ number }) => number ?? [])} />
    </section>
  );
}
