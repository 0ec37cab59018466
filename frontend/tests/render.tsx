import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { createMemoryRouter } from "react-router";
import { vi } from "vitest";
import type { Schemas } from "@/api/client";
import { App } from "@/app/App";
import { Notices } from "@/app/Notices";
import { createRouter } from "@/app/router";

/** A body for 200, an answer, or what makes one of the request. */
type Reply = object | Response | ((request: Request) => object | Response | Promise<object | Response>);

/** Answers by "METHOD /path/" without the query. */
export type Server = Record<string, Reply>;

export const json = (body: unknown, status = 200): Response =>
  status === 204 ? new Response(null, { status }) : Response.json(body, { status });

export const problem = (
  status: number,
  detail: string,
  errors: Schemas["Problem"]["errors"] = [],
  code = "invalid",
): Response => json({ code, detail, errors }, status);

export const page = <T,>(results: readonly T[], count = results.length) => ({
  count,
  next: null,
  previous: null,
  results,
});

export const CLERK = {
  person: { id: "a0000000-0000-4000-8000-000000000001", name: "Anna Nowak", email: "anna@example.org" },
  city: { name: "Bydgoszcz", slug: "bydgoszcz" },
  modules: ["todo", "messaging", "directory", "accounts", "audit", "notifications", "outbox"],
  permissions: ["directory.view_units", "directory.change_units", "directory.change_groups", "messaging.send_message"],
  units: [],
  second_factor: [],
  must_enrol: false,
  has_role: true,
} satisfies Schemas["SessionOut"];

const QUIET: Server = {
  "GET /api/v1/accounts/session/": CLERK,
  "GET /api/v1/accounts/account/views/": [],
  "GET /api/v1/notifications/count/": { unread: 0 },
  "GET /api/v1/todo/waiting/": page([]),
  "GET /api/v1/todo/waiting/count/": { count: 0, overdue: 0, today: 0, week: 0, later: 0 },
  "GET /api/v1/todo/running/": [],
  "GET /api/v1/files/readings/": [],
  "GET /api/v1/messaging/inbox/": page([]),
  "GET /api/v1/messaging/messages/": page([]),
};

/** Nothing was asked about anything, unless a test says so. */
function quietly(method: string, path: string): object | undefined {
  const [, kind, id] = /^\/api\/v1\/threads\/about\/([^/]+)\/([^/]+)\/$/.exec(path) ?? [];
  if (method !== "GET") {
    return undefined;
  }
  if (kind !== undefined) {
    return {
      ...{ subject_kind: kind, subject_id: id, side: "outside", may_write: true, may_show: false },
      ...{ closed: "", is_asked: false, posts: [], shown: [] },
    };
  }
  return path.startsWith("/api/v1/threads/of/") ? [] : undefined;
}

/** Stands in for the network, and tells what was asked of it; what has no answer is a 404. */
export function serve(server: Server): { asked: Request[] } {
  const replies = { ...QUIET, ...server };
  const asked: Request[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(request.clone());
    const { pathname } = new URL(request.url);
    const reply = replies[`${request.method} ${pathname}`] ?? quietly(request.method, pathname);
    const answer = typeof reply === "function" ? await reply(request) : reply;
    if (answer === undefined) {
      return problem(404, `Nothing answers ${request.method} ${request.url}`);
    }
    return answer instanceof Response ? answer.clone() : json(answer);
  });
  return { asked };
}

function renderRouter(router: ReturnType<typeof createMemoryRouter>, server: Server) {
  const { asked } = serve(server);
  render(<App router={router} />);
  return { user: userEvent.setup(), asked, router };
}

/** The whole application at an address, as the browser would show it. */
export const renderAt = (path: string, server: Server = {}) =>
  renderRouter(
    createRouter((routes) => createMemoryRouter(routes, { initialEntries: [path] })),
    server,
  );

/** One component inside the application's providers. */
export const renderAlone = (element: ReactNode, server: Server = {}, path = "/") =>
  renderRouter(createMemoryRouter([{ path: "*", element }], { initialEntries: [path] }), server);

/** The part beside the notices in which the application says what went wrong. */
export const withNotices = (part: ReactNode) => (
  <>
    <Notices />
    {part}
  </>
);
