import { api } from "@/api/client";
import type { LetterTemplate } from "./nouns";

/** Every letter template of the city; undefined until they are known. */
export function useLetterTemplates(): readonly LetterTemplate[] | undefined {
  const templates = api.useQuery(
    "get",
    "/api/v1/procedures/letter-templates/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 30_000 },
  );
  return templates.data?.results;
}
