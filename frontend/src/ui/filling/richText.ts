export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic"; inside: readonly Inline[] }
  | { kind: "link"; to: string; inside: readonly Inline[] };

export type Block =
  | { kind: "paragraph"; lines: readonly (readonly Inline[])[] }
  | { kind: "list"; isNumbered: boolean; entries: readonly (readonly Inline[])[] };

const MARK = /\*\*(.+?)\*\*|\*(.+?)\*|\[([^\]]+)\]\((\S+?)\)/;
const ENTRY = /^(?:[-*]|(\d+)\.)\s+(.*)$/;
const SAFE_ADDRESS = /^(https?:\/\/|mailto:)/i;

function inline(text: string): Inline[] {
  const found = MARK.exec(text);
  if (!found) {
    return text ? [{ kind: "text", text }] : [];
  }
  const [whole, bold, italic, label, address] = found;
  const before = text.slice(0, found.index);
  const marked: Inline =
    bold !== undefined
      ? { kind: "bold", inside: inline(bold) }
      : italic !== undefined
        ? { kind: "italic", inside: inline(italic) }
        : address !== undefined && SAFE_ADDRESS.test(address)
          ? { kind: "link", to: address, inside: inline(label ?? "") }
          : { kind: "text", text: whole };
  return [
    ...(before ? [{ kind: "text", text: before } as const] : []),
    marked,
    ...inline(text.slice(found.index + whole.length)),
  ];
}

/** The small part of Markdown that texts of forms have: paragraphs, **bold**, *italic*, lists and links. No HTML. */
export function readRichText(text: string): Block[] {
  const blocks: Block[] = [];
  for (const chunk of text.split(/\n\s*\n/)) {
    let lines: Inline[][] = [];
    let entries: Inline[][] = [];
    let isNumbered = false;
    const close = () => {
      if (lines.length > 0) {
        blocks.push({ kind: "paragraph", lines });
      }
      if (entries.length > 0) {
        blocks.push({ kind: "list", isNumbered, entries });
      }
      lines = [];
      entries = [];
    };
    for (const line of chunk.split("\n").filter((one) => one.trim())) {
      const entry = ENTRY.exec(line.trim());
      const numbered = entry?.[1] !== undefined;
      if ((entry ? lines : entries).length > 0 || (entry && entries.length > 0 && numbered !== isNumbered)) {
        close();
      }
      if (entry) {
        isNumbered = numbered;
        entries.push(inline(entry[2] ?? ""));
      } else {
        lines.push(inline(line.trim()));
      }
    }
    close();
  }
  return blocks;
}
