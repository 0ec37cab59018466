import { api, type Schemas } from "@/api/client";

export type Session = Schemas["SessionOut"];
export type SessionPerson = NonNullable<Session["person"]>;

/** The path whose query holds the session; its body is also the answer to signing in. */
export const SESSION_PATH = "/api/v1/accounts/session/";

/** Who works, where, and what the server lets them do. Suspends until known; screens inside the shell have a person. */
export function useSession(): Session & { may: (permission: string) => boolean } {
  const { data: session } = api.useSuspenseQuery("get", SESSION_PATH, {}, { staleTime: 5 * 60_000 });
  return { ...session, may: (permission) => session.permissions.includes(permission) };
}
