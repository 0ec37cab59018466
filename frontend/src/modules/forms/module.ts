import { IconForms, IconListDetails } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

const SEES_FORMS = ["forms.view_forms", "forms.manage_forms"];

export const module: Module = {
  label: "forms",
  place: 40,
  menu: [
    { label: "Formularze", to: "/forms/forms", icon: IconForms, permission: SEES_FORMS },
    {
      label: "Słowniki i tabele",
      to: "/forms/dictionaries",
      icon: IconListDetails,
      permission: "forms.manage_dictionaries",
    },
  ],
  routes: [
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
    { path: "tables", lazy: async () => ({ Component: (await import("./UnitTableList")).UnitTableList }) },
    { path: "tables/new", lazy: async () => ({ Component: (await import("./UnitTableEdit")).UnitTableNew }) },
    { path: "tables/:id", lazy: async () => ({ Component: (await import("./UnitTablePage")).UnitTablePage }) },
    { path: "tables/:id/edit", lazy: async () => ({ Component: (await import("./UnitTableEdit")).UnitTableEdit }) },
  ],
  search: async (text) => {
    const query = { search: text, page_size: 5 };
    const { results } = bodyOf(await http.GET("/api/v1/forms/forms/", { params: { query } }));
    return results.map(({ id, name, description }) => ({ label: name, description, to: `/forms/forms/${id}` }));
  },
};
