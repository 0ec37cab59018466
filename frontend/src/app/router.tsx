import { createBrowserRouter, type PatchRoutesOnNavigationFunction, type RouteObject } from "react-router";
import { ModuleGate } from "@/app/ModuleGate";
import { modules, routesOf } from "@/app/modules";
import { NotFound } from "@/app/NotFound";
import { PageLoading } from "@/app/PageLoading";
import { Root } from "@/app/Root";
import { AppError, ScreenError } from "@/app/ScreenError";
import { Shell } from "@/app/Shell";
import { Desk } from "@/modules/todo/Desk";
import type { ModuleDoor } from "@/ui/module";

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

/** Every address of the application. A screen that fails is told inside the shell, the shell's own failure on a bare page. */
export const routes: RouteObject[] = [
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
                children: [{ path: "*", Component: NotFound }],
              })),
              { path: "*", Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
];

/** Brings a module's addresses when the first of them is opened: the first screen needs none of their tables. */
export const patchRoutesOnNavigation: PatchRoutesOnNavigationFunction = async ({ path, patch }) => {
  const [, label = ""] = path.split("/");
  if (modules.some((module) => module.label === label)) {
    patch(label, await routesOf(label));
  }
};

export const createRouter = () => createBrowserRouter(routes, { patchRoutesOnNavigation });
