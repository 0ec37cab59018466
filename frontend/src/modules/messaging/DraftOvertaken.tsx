import { useQuery } from "@tanstack/react-query";
import { OvertakenDialog } from "@/ui/OvertakenDialog";
import { isOvertaken } from "@/ui/OvertakenNote";
import type { Draft } from "./draft";

interface DraftOvertakenProps {
  /** Why the last save failed; null where it did not. */
  error: unknown;
  mine: Draft;
  read: () => Promise<Draft>;
  takeTheirs: () => void;
  keepMine: () => void;
}

const countOf = ({ audience }: Draft) => {
  const { allUnits, kinds, groups, units, people, exceptUnits } = audience;
  const chosen = kinds.length + groups.length + units.length + people.length;
  const without = exceptUnits.length > 0 ? `, oprócz: ${exceptUnits.length}` : "";
  return `${allUnits ? "wszystkie jednostki" : `${chosen} poz.`}${without}`;
};

const PARTS: readonly [string, (draft: Draft) => string][] = [
  ["Adresaci", countOf],
  ["Temat", ({ subject }) => subject],
  ["Treść", ({ body }) => body],
  ["Załączniki", ({ files }) => files.map(({ name }) => name).join(", ")],
  ["Odpowiedź", ({ wanted }) => JSON.stringify(wanted)],
];

/** The draft was changed in another tab: both are shown, and nothing that was typed is lost before one is chosen. */
export function DraftOvertaken({ error, mine, read, takeTheirs, keepMine }: DraftOvertakenProps) {
  const isOpen = isOvertaken(error);
  const theirs = useQuery({
    queryKey: ["draft as kept elsewhere", error],
    queryFn: read,
    enabled: isOpen,
    gcTime: 0,
  });
  const { data } = theirs;
  const differing = data
    ? PARTS.filter(([, part]) => part(data) !== part(mine)).map(([label, part]) => ({
        label,
        now: label === "Odpowiedź" ? "inne ustawienia" : part(data) || "(puste)",
        mine: label === "Odpowiedź" ? "Twoje ustawienia" : part(mine) || "(puste)",
      }))
    : [];
  return (
    <OvertakenDialog error={error} isOpen={isOpen} differing={differing} takeTheirs={takeTheirs} keepMine={keepMine} />
  );
}
