import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "forms", lazy: async () => ({ Component: (await import("./FormList")).FormList }) },
  { path: "forms/new", lazy: async () => ({ Component: (await import("./FormNew")).FormNew }) },
  { path: "forms/import", lazy: async () => ({ Component: (await import("./FormImport")).FormImport }) },
  { path: "forms/:id", lazy: async () => ({ Component: (await import("./Builder")).Builder }) },
  { path: "forms/:id/publish", lazy: async () => ({ Component: (await import("./FormPublish")).FormPublish }) },
  { path: "sheets/:id", lazy: async () => ({ Component: (await import("./SheetPage")).SheetPage }) },
  { path: "sheets/:id/versions", lazy: async () => ({ Component: (await import("./SheetVersions")).SheetVersions }) },
  { path: "dictionaries", lazy: async () => ({ Component: (await import("./DictionaryList")).DictionaryList }) },
  { path: "dictionaries/new", lazy: async () => ({ Component: (await import("./DictionaryEdit")).DictionaryNew }) },
  { path: "dictionaries/:id", lazy: async () => ({ Component: (await import("./DictionaryEdit")).DictionaryEdit }) },
  { path: "school-year", lazy: async () => ({ Component: (await import("./SchoolYearPage")).SchoolYearPage }) },
  { path: "tables", lazy: async () => ({ Component: (await import("./UnitTableList")).UnitTableList }) },
  { path: "tables/new", lazy: async () => ({ Component: (await import("./UnitTableEdit")).UnitTableNew }) },
  { path: "tables/:id", lazy: async () => ({ Component: (await import("./UnitTablePage")).UnitTablePage }) },
  { path: "tables/:id/edit", lazy: async () => ({ Component: (await import("./UnitTableEdit")).UnitTableEdit }) },
];
