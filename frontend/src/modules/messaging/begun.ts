import { type UseQueryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { bodyOf, http } from "@/api/client";
import { type Draft, EMPTY_DRAFT } from "./draft";

/** As many as one answer of the server holds. */
const MOST = 500;

/** Everybody who has not answered the message, and what it is called. */
async function silentOf(id: string): Promise<Draft> {
  const [message, deliveries] = await Promise.all([
    http.GET("/api/v1/messaging/messages/{id}/", { params: { path: { id } } }),
    http.GET("/api/v1/messaging/messages/{message_id}/deliveries/", {
      params: { path: { message_id: id }, query: { status: "silent", page_size: MOST } },
    }),
  ]);
  const recipients = bodyOf(deliveries).results.map(({ recipient }) => recipient);
  return {
    ...EMPTY_DRAFT,
    subject: `Dotyczy: ${bodyOf(message).subject}`.slice(0, 200),
    audience: {
      ...EMPTY_DRAFT.audience,
      units: recipients.filter(({ kind }) => kind === "unit").map(({ id: unit }) => unit),
      people: recipients.filter(({ kind }) => kind === "person").map(({ id: person, name }) => ({ id: person, name })),
    },
  };
}

/** The draft that an address asks for: `?unit=`, `?group=`, or `?silent=` of a message that was sent; else an empty one. */
export function useBegunDraft(): Draft {
  const [asked] = useSearchParams();
  const silent = asked.get("silent");
  const options: UseQueryOptions<Draft | null, Error, Draft | null> & { queryFn: () => Promise<Draft | null> } = {
    queryKey: ["get", "/api/v1/messaging/messages/{message_id}/deliveries/", "silent draft", silent],
    queryFn: async () => (silent === null ? null : silentOf(silent)),
    staleTime: 0,
  };
  const { data } = useSuspenseQuery(options);
  if (data) {
    return data;
  }
  return {
    ...EMPTY_DRAFT,
    audience: { ...EMPTY_DRAFT.audience, units: asked.getAll("unit"), groups: asked.getAll("group") },
  };
}
