import { createBrowserRouter, type RouteObject } from "react-router";
import { ModuleGate } from "@/app/ModuleGate";
import { modules } from "@/app/modules";
import { NotFound } from "@/app/NotFound";
import { PageLoading } from "@/app/PageLoading";
import { Root } from "@/app/Root";
import { AppError, ScreenError } from "@/app/ScreenError";
import { Shell } from "@/app/Shell";
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
              { index: true, lazy: async () => ({ Component: (await import("@/modules/todo/Desk")).Desk }) },
              ...modules.map((module) => ({
                path: module.label,
                element: <ModuleGate module={module} />,
                children: [...module.routes, { path: "*", Component: NotFound }],
              })),
              { path: "*", Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
