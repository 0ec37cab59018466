import { bodyOf, http } from "@/api/client";
import type { Waiting } from "@/ui/module";

/** The matters that wait for this person; the first page puts them among what waits elsewhere. */
export async function waiting(): Promise<Waiting[]> {
  const query = { ordering: "due_at", page_size: 100 };
  const todo = bodyOf(await http.GET("/api/v1/procedures/todo/", { params: { query } }));
  return todo.results.map((one) => ({
    key: `todo ${one.id}`,
    title: one.case.title,
    description: [one.case.sign, one.case.unit?.short_name, one.in_place_of && `w zastępstwie za: ${one.in_place_of}`]
      .filter(Boolean)
      .join(", "),
    action: one.what,
    to: one.url,
    dueAt: one.due_at,
  }));
}
