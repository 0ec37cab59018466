import type { Schemas } from "@/api/client";
import type { Tone } from "@/ui/StatusBadge";

export type Settlement = Schemas["SettlementOut"];
export type Invoice = Settlement["invoices"][number];
type Kind = Invoice["kind"];

export const INVOICE_STATES: Readonly<Record<Invoice["state"], { text: string; tone: Tone }>> = {
  waiting: { text: "czeka na urząd", tone: "warning" },
  accepted: { text: "przyjęta", tone: "success" },
  returned: { text: "zwrócona", tone: "danger" },
  withdrawn: { text: "wycofana", tone: "neutral" },
};

export const INVOICE_KINDS: Readonly<Record<Kind, string>> = {
  VAT: "faktura",
  KOR: "korekta faktury",
  ZAL: "faktura zaliczkowa",
  ROZ: "faktura rozliczeniowa",
  UPR: "faktura uproszczona",
  KOR_ZAL: "korekta faktury zaliczkowej",
  KOR_ROZ: "korekta faktury rozliczeniowej",
};

export const isCorrection = (kind: string): boolean => kind.startsWith("KOR");

/** Whether it stands for money that was spent: not one that was given back or withdrawn. */
export const isCounted = ({ state }: Invoice): boolean => state === "waiting" || state === "accepted";
