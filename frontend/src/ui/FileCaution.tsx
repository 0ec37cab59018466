import { StatusBadge } from "@/ui/StatusBadge";

const MACROS = "ma makra";
const OLD = "może mieć makra";
const ARCHIVE = "archiwum";

/** By the ending of the name, which the server has compared with the content. */
const CAUTIONS: Readonly<Record<string, string>> = {
  xlsm: MACROS,
  xlsb: OLD,
  xls: OLD,
  doc: OLD,
  ppt: OLD,
  zip: ARCHIVE,
  "7z": ARCHIVE,
};

/** What whoever opens the file should know beforehand: that programs are in it, or other files. */
export function FileCaution({ name }: { name: string }) {
  const caution = CAUTIONS[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ""];
  return caution ? (
    <>
      {" "}
      <StatusBadge tone="warning">{caution}</StatusBadge>
    </>
  ) : null;
}
