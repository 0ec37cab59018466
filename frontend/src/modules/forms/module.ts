import { IconForms, IconListDetails } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

const SEES_FORMS = ["forms.view_forms", "forms.manage_forms"];

export const module: Module = {
  label: "forms",
  place: 40,
  menu: [
    { label: "Formularze", to: "/forms/forms", group: "matters", icon: IconForms, permission: SEES_FORMS },
    {
      label: "Słowniki i tabele",
      to: "/forms/dictionaries",
      group: "city",
      icon: IconListDetails,
      permission: "forms.manage_dictionaries",
    },
  ],
  searchPermission: SEES_FORMS,
  search: async (text) => {
    const query = { search: text, page_size: 5 };
    const { results } = bodyOf(await http.GET("/api/v1/forms/forms/", { params: { query } }));
    return results.map(({ id, name, description }) => ({ label: name, description, to: `/forms/forms/${id}` }));
  },
};
