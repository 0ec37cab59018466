import { Button, Group, Modal, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconArrowLeft, IconArrowRight } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { DownloadButton } from "@/ui/DownloadButton";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { answerFileAddress, type RemarkedCell as Remarked } from "./nouns";
import classes from "./RemarkedCell.module.css";

/** The part of the address that says which remark's cell is looked at. */
export const REMARK = "remark";

/** The state of the address that was reached from the list: leaving it is going back there. */
export const FROM_LIST = { isFromList: true };

interface RemarkedCellProps {
  mergeId: string;
  /** The remarks that can be looked at, in the order of the list. */
  numbers: readonly number[];
}

/** The part of an answer's sheet that a remark is about; it lies over the list, which waits behind as it was left. */
export function RemarkedCell({ mergeId, numbers }: RemarkedCellProps) {
  const [params, setParams] = useSearchParams();
  const { state } = useLocation();
  const navigate = useNavigate();
  const asked = params.get(REMARK) ?? "";
  const number = /^\d{1,4}$/.test(asked) ? Number(asked) : null;

  const go = (to: number | undefined) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (to === undefined) {
          after.delete(REMARK);
        } else {
          after.set(REMARK, String(to));
        }
        return after;
      },
      { replace: true, state, preventScrollReset: true },
    );
  const close = () => (state?.isFromList ? void navigate(-1) : go(undefined));

  const place = number === null ? -1 : numbers.indexOf(number);
  const step = (label: string, by: number, icon: ReactNode) => (
    <Button
      variant="default"
      disabled={numbers[place + by] === undefined}
      onClick={() => go(numbers[place + by])}
      {...(by < 0 ? { leftSection: icon } : { rightSection: icon })}
    >
      {label}
    </Button>
  );

  return (
    <Modal opened={number !== null} onClose={close} title="Komórka, której dotyczy uwaga" size="60rem">
      {number !== null && <Looked mergeId={mergeId} number={number} />}
      {place >= 0 && (
        <Group justify="space-between" mt="md">
          {step("Poprzednia uwaga", -1, <IconArrowLeft size={18} aria-hidden />)}
          {step("Następna uwaga", 1, <IconArrowRight size={18} aria-hidden />)}
        </Group>
      )}
    </Modal>
  );
}

function Looked({ mergeId, number }: { mergeId: string; number: number }) {
  const found = api.useQuery("get", "/api/v1/messaging/merges/{merge_id}/remarks/{number}/", {
    params: { path: { merge_id: mergeId, number } },
  });
  const cell = found.data;
  if (!cell) {
    return found.error ? (
      <ProblemAlert error={found.error} retry={() => void found.refetch()} />
    ) : (
      <Text c="dimmed">Otwieram arkusz…</Text>
    );
  }
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600} className={classes.name}>
          {cell.unit}: {cell.file}, arkusz „{cell.sheet}”
        </Text>
        <Text className={classes.name}>
          {cell.cell}: {cell.sentence}
        </Text>
      </div>
      <Excerpt key={number} cell={cell} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          Tak było w pliku, który scalono.
        </Text>
        <DownloadButton href={answerFileAddress(cell.answer_file)}>Pobierz cały plik</DownloadButton>
      </Group>
    </Stack>
  );
}

function Excerpt({ cell }: { cell: Remarked }) {
  const first = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    first.current?.focus({ preventScroll: true });
    first.current?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, []);
  const [start] = cell.marked;
  const marked = new Set(cell.marked.map(([row, column]) => `${row} ${column}`));
  const rows = cell.rows.map((texts, down) => ({
    number: cell.first_row + down,
    cells: texts.map((text, across) => ({
      name: `${cell.columns[across]}${cell.first_row + down}`,
      text,
      isMarked: marked.has(`${down} ${across}`),
      isFirst: start?.[0] === down && start[1] === across,
    })),
  }));

  return (
    <div className={classes.scroll}>
      <table className={classes.sheet}>
        <caption>
          <VisuallyHidden>{`Fragment arkusza „${cell.sheet}”`}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <td />
            {cell.columns.map((letters) => (
              <th key={letters} scope="col">
                {letters}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, cells }) => (
            <tr key={number}>
              <th scope="row">{number}</th>
              {cells.map(({ name, text, isMarked, isFirst }) =>
                isMarked ? (
                  <td
                    key={name}
                    className={classes.marked}
                    tabIndex={-1}
                    ref={isFirst ? first : undefined}
                    aria-label={`Komórka ${name}: ${text || "pusta"}`}
                  >
                    {text}
                  </td>
                ) : (
                  <td key={name}>{text}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
