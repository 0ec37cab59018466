import type { Schemas } from "@/api/client";

const DAY = 86_400_000;
export const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

export const WAITING: Schemas["WaitingOut"] = {
  id: "w1",
  code: "procedures.act",
  kind: "Krok w sprawie",
  module: "Procedury",
  what: "Sprawdź formalnie",
  title: "Klub robotyki dla klas IV–VI",
  details: "WES.4424.17.2026 · Grant oświatowy · SP 1",
  url: "/procedures/cases/c1",
  since: inDays(-3),
  due_at: inDays(-1),
  group: "overdue",
  in_place_of: null,
};

export const SURVEY: Schemas["RunOut"] = {
  id: "r1",
  title: "Ankieta o obiadach",
  url: "/messaging/messages/m1",
  details: "wysłana 12.11.2026",
  whose: "odpowiedziało 40 z 119",
  since: inDays(-10),
  due_at: inDays(-2),
  total: 119,
  done: 40,
  late: 79,
};

export const CASE_RUN: Schemas["RunOut"] = {
  id: "r2",
  title: "Nagroda dla ucznia",
  url: "/procedures/cases/c2",
  details: "WES.1.2026 · Nagrody",
  whose: "ruch wnioskodawcy: SP 1",
  since: "2026-11-20T10:00:00Z",
  due_at: null,
  total: 0,
  done: 0,
  late: 0,
};
