import { bodyOf, http, type Schemas } from "@/api/client";

export type Unit = Schemas["UnitOut"];

const MOST_PER_PAGE = 500;

/** Every open unit of the city that this person may see, in the order of the directory. */
export async function allUnits(): Promise<Unit[]> {
  const units: Unit[] = [];
  for (let page = 1; ; page += 1) {
    const query = { is_open: true, page, page_size: MOST_PER_PAGE };
    const { count, results } = bodyOf(await http.GET("/api/v1/directory/units/", { params: { query } }));
    units.push(...results);
    if (units.length >= count || results.length === 0) {
      return units;
    }
  }
}
