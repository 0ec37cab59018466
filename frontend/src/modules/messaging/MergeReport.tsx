import { Anchor, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { counted, formatNumber } from "@/ui/format";
import { MoreFilters } from "@/ui/MoreFilters";
import { byPolish, folded } from "@/ui/polish";
import { SearchField } from "@/ui/SearchField";
import { useTableView } from "@/ui/tableView";
import { LeftFiles } from "./LeftFiles";
import classes from "./MergeReport.module.css";
import type { MergeReport as Report } from "./nouns";
import { FROM_LIST, REMARK, RemarkedCell } from "./RemarkedCell";

type Remark = Report["remarks"][number];

/** Remarks of these kinds repeat what the list of the files that were not merged says. */
const REPEATED: ReadonlySet<string> = new Set([
  "rejected",
  "own_result",
  "own_template",
  "same_content",
  "older_version",
]);

/** The files that are not in the result; merges of old tell of the rejected ones alone. */
export const leftIn = ({ rejected, left_out }: Report) => [...rejected, ...(left_out ?? [])];

const isRepeated = ({ kind }: Remark, { left_out }: Report) =>
  left_out === undefined ? kind === "rejected" : REPEATED.has(kind);

/** How many remarks there are beside the files that were not merged. */
export const countOfRemarks = (report: Report) => report.remark_count - leftIn(report).length;

interface ReportProps {
  mergeId: string;
  report: Report;
  mayAsk: boolean;
}

/** What did not fit into the merged workbook, and what a person should look at. */
export function MergeReport({ mergeId, report, mayAsk }: ReportProps) {
  const remarks = report.remarks.filter((remark) => !isRepeated(remark, report));
  return (
    <Stack>
      <LeftFiles mergeId={mergeId} files={leftIn(report)} mayAsk={mayAsk} />
      <Remarks mergeId={mergeId} remarks={remarks} total={countOfRemarks(report)} />
    </Stack>
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

/** Remarks that say the same, of one unit or of many. */
interface Group {
  sentence: string;
  remarks: readonly [Remark, ...Remark[]];
  units: readonly string[];
}

function groupsOf(remarks: readonly Remark[]): Group[] {
  const groups = new Map<string, [Remark, ...Remark[]]>();
  for (const remark of remarks) {
    const known = groups.get(remark.sentence);
    if (known) {
      known.push(remark);
    } else {
      groups.set(remark.sentence, [remark]);
    }
  }
  return [...groups].map(([sentence, all]) => ({
    sentence,
    remarks: all,
    units: [...new Set(all.map(({ unit }) => unit))],
  }));
}

const placeOf = ({ sheet }: Remark) => sheet || "cały plik";

const inOne = (values: readonly string[], many: string) => (new Set(values).size === 1 ? values[0] : many);

function Units({ remarks, units }: Group) {
  const [first] = remarks;
  if (remarks.length === 1) {
    return first.unit;
  }
  const count =
    units.length > 1
      ? counted(units.length, "jednostka", "jednostki", "jednostek")
      : `${first.unit}: ${counted(remarks.length, "miejsce", "miejsca", "miejsc")}`;
  return (
    <details className={classes.units}>
      <summary>{count}</summary>
      <ul>
        {remarks.map((remark) => (
          <li key={`${remark.unit} ${remark.file} ${remark.sheet} ${remark.cell}`}>
            {remark.unit}
            {remark.cell && (
              <>
                , <Cell {...remark} />
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

const COLUMNS: readonly [Column<Group>, ...Column<Group>[]] = [
  { id: "unit", header: "Jednostka", render: (group) => <Units {...group} /> },
  { id: "sheet", header: "Arkusz", phone: "bare", render: ({ remarks }) => inOne(remarks.map(placeOf), "różne") },
  {
    id: "cell",
    header: "Komórka",
    phone: "end",
    render: ({ remarks: [first, ...others] }) => others.length === 0 && first.cell && <Cell {...first} />,
  },
  { id: "remark", header: "Uwaga", phone: "bare", render: ({ sentence }) => sentence },
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
  const groups = groupsOf(matching);
  const shown = groups.slice((view.page - 1) * view.pageSize, view.page * view.pageSize);
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
        list="messaging.merge_remarks"
        label="Uwagi do arkuszy"
        columns={COLUMNS}
        query={{
          data: { count: groups.length, results: shown },
          error: null,
          isPlaceholderData: false,
          isFetching: false,
          refetch: () => undefined,
        }}
        view={view}
        rowKey={({ sentence }) => sentence}
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
