import createFetchClient, { type Middleware } from "openapi-fetch";
import createClient from "openapi-react-query";
import { sendOnce } from "@/api/intentions";
import { noConnection, Problem, problemOf } from "@/api/problem";
import { proof } from "@/api/proof";
import type { components, paths } from "@/api/schema";
import { sessionExpiry } from "@/api/sessionExpiry";

export type Schemas = components["schemas"];

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** The token that Django expects back in X-CSRFToken; empty before the first answer of the server. */
export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]*)/.exec(document.cookie);
  return found?.[1] ? decodeURIComponent(found[1]) : "";
}

const asksWhoIAm = (schemaPath: string) => schemaPath === "/api/v1/accounts/session/";

/** What was sent, as it can be sent once more. */
const kept = new WeakMap<Request, Request>();

/** The answer, where the server wants a proof first the one after it; throws where none was given. */
async function proven(request: Request, first: Response): Promise<Response> {
  let answer = first;
  while (answer.status === 403 && (await problemOf(answer.clone())).code === "proof_needed") {
    const again = kept.get(request)?.clone();
    if (!again || !(await proof.ask())) {
      throw new Problem(-1, "proof_refused", "Nie potwierdzono, że to Ty, więc nic się nie zmieniło.");
    }
    again.headers.set("X-CSRFToken", csrfToken());
    answer = await sendOnce(again).catch(() => {
      throw noConnection();
    });
  }
  return answer;
}

const middleware: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept", "application/json");
    if (!SAFE_METHODS.has(request.method)) {
      request.headers.set("X-CSRFToken", csrfToken());
      kept.set(request, request.clone());
    }
    return request;
  },
  async onResponse({ request, response, schemaPath }) {
    const answer = await proven(request, response);
    if (answer.ok) {
      return answer;
    }
    const problem = await problemOf(answer);
    if (!asksWhoIAm(schemaPath) && (problem.status === 401 || problem.code === "not_authenticated")) {
      sessionExpiry.announce();
    }
    throw problem;
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === "AbortError" ? error : noConnection();
  },
};

/** The typed client for code outside components; every refusal is thrown as a Problem. */
export const http = createFetchClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: sendOnce,
});
http.use(middleware);

/** The same client for components: api.useQuery("get", "/api/v1/…/"), api.useMutation("post", …). */
export const api = createClient(http);

/** What a change says of the version that it is made from. */
export interface Seen {
  "If-Match": string;
}

/** The header of a change to what was seen in this version. */
export const seen = (version: string | number): Seen => ({ "If-Match": `"${version}"` });

/** The data of an answer that has a body, for calls made through `http` (refusals were thrown before). */
export function bodyOf<T>(answer: { data?: T }): T {
  if (answer.data === undefined) {
    throw new Error("The answer has no body.");
  }
  return answer.data;
}

/** The first elements of the keys of every query under a path, for invalidateQueries({ predicate }). */
export const underPath =
  (prefix: string) =>
  (query: { queryKey: readonly unknown[] }): boolean =>
    typeof query.queryKey[1] === "string" && query.queryKey[1].startsWith(prefix);
