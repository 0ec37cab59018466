import "@mantine/dates/styles.layer.css";
import "dayjs/locale/pl";
import { DatesProvider } from "@mantine/dates";
import type { ReactNode } from "react";

/** Around whatever shows a calendar: Polish names, weeks from Monday. It stands here and not around the whole application, so that only screens with a calendar load one. */
export const PolishDates = ({ children }: { children: ReactNode }) => (
  <DatesProvider settings={{ locale: "pl", firstDayOfWeek: 1 }}>{children}</DatesProvider>
);
