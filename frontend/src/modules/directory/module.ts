import { IconBuildingCommunity, IconUsersGroup } from "@tabler/icons-react";
import { bodyOf, http } from "@/api/client";
import type { Module } from "@/ui/module";

export const module: Module = {
  label: "directory",
  place: 50,
  menu: [
    {
      label: "Jednostki",
      to: "/directory/units",
      group: "people",
      icon: IconBuildingCommunity,
      permission: "directory.view_units",
    },
    {
      label: "Grupy",
      to: "/directory/groups",
      group: "people",
      icon: IconUsersGroup,
      permission: "directory.view_units",
    },
  ],
  searchPermission: "directory.view_units",
  search: async (text) => {
    const query = { search: text, page_size: 8 };
    const { results } = bodyOf(await http.GET("/api/v1/directory/units/", { params: { query } }));
    return results.map(({ id, short_name, name }) => ({
      label: short_name,
      description: name,
      to: `/directory/units/${id}`,
    }));
  },
};
