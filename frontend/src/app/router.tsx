import { createBrowserRouter, type RouteObject, redirect } from "react-router";
import { ModuleGate } from "@/app/ModuleGate";
import { modules, routesOf } from "@/app/modules";
import { NotFound } from "@/app/NotFound";
import { PageLoading } from "@/app/PageLoading";
import { Root } from "@/app/Root";
import { AppError, ScreenError } from "@/app/ScreenError";
import { Shell } from "@/app/Shell";
import { Desk } from "@/modules/todo/Desk";
import type { Module, ModuleDoor } from "@/ui/module";

/** A module's page for people who have not signed in, in the card of the city. */
const behindDoor = ({ path, title, load }: ModuleDoor): RouteObject => ({
  path,
  lazy: async () => {
    const [Page, { Door }] = await Promise.all([load(), import("./Door")]);
    return {
      Component: () => (
        <Door title={title}>
          <Page />
        </Door>
      ),
    };
  },
});

/** Puts the addresses of a module among the others; gives the hash of the address that is being opened. */
type Joining = (label: string, found: RouteObject[]) => string;

/** Until a module is opened its only address: brings the others, and goes to the same place again. */
function opening({ label }: Module, join: Joining): RouteObject {
  let isOpen = false;
  return {
    path: "*",
    Component: NotFound,
    loader: async ({ request }) => {
      if (isOpen) {
        return null;
      }
      const found = await routesOf(label);
      isOpen = true;
      const { pathname, search } = new URL(request.url);
      return redirect(pathname + search + join(label, found));
    },
  };
}

/** Every address of the application. A screen that fails is told inside the shell, the shell's own failure on a bare page. */
const routesWith = (join: Joining): RouteObject[] => [
  {
    Component: Root,
    ErrorBoundary: AppError,
    HydrateFallback: PageLoading,
    children: [
      { path: "sign-in", lazy: async () => ({ Component: (await import("./SignIn")).SignIn }) },
      {
        path: "forgotten-password",
        lazy: async () => ({ Component: (await import("./ForgottenPassword")).ForgottenPassword }),
      },
      { path: "invitation", lazy: async () => ({ Component: (await import("./LetterPage")).Invitation }) },
      { path: "new-password", lazy: async () => ({ Component: (await import("./LetterPage")).NewPassword }) },
      { path: "confirm-email", lazy: async () => ({ Component: (await import("./LetterPage")).EmailConfirmation }) },
      ...modules.flatMap(({ doors = [] }) => doors.map(behindDoor)),
      {
        path: "/",
        Component: Shell,
        children: [
          {
            ErrorBoundary: ScreenError,
            children: [
              // Part of the first load, which build/firstLoad.ts weighs.
              { index: true, Component: Desk },
              ...modules.map((module) => ({
                id: module.label,
                path: module.label,
                element: <ModuleGate module={module} />,
                children: [opening(module, join)],
              })),
              // Left out of every build, with all that it loads.
              ...(import.meta.env.DEV
                ? [{ path: "pokaz", lazy: async () => ({ Component: (await import("./Patterns")).Patterns }) }]
                : []),
              { path: "*", Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
];

type Router = ReturnType<typeof createBrowserRouter>;

/** Every address; a module's come when the first of them is opened, since the first screen needs none of their tables. */
export function createRouter(make: (routes: RouteObject[]) => Router = createBrowserRouter): Router {
  const router = make(
    routesWith((label, found) => {
      router.patchRoutes(label, found);
      return (router.state.navigation.location ?? router.state.location).hash;
    }),
  );
  return router;
}
