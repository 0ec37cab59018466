import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "waiting", lazy: async () => ({ Component: (await import("./WaitingList")).WaitingList }) },
  { path: "calendar", lazy: async () => ({ Component: (await import("./CalendarLink")).CalendarLink }) },
];
