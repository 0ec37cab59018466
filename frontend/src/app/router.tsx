import { createBrowserRouter, type RouteObject } from "react-router";
import { Door } from "@/app/Door";
import { ForgottenPassword } from "@/app/ForgottenPassword";
import { EmailConfirmation, Invitation, NewPassword } from "@/app/LetterPage";
import { ModuleGate } from "@/app/ModuleGate";
import { modules } from "@/app/modules";
import { NotFound } from "@/app/NotFound";
import { PageLoading } from "@/app/PageLoading";
import { AppError, ScreenError } from "@/app/ScreenError";
import { Shell } from "@/app/Shell";
import { SignIn } from "@/app/SignIn";
import type { ModuleDoor } from "@/ui/module";

/** A module's page for people who have not signed in, in the card of the city. */
const behindDoor = ({ path, title, load }: ModuleDoor): RouteObject => ({
  path,
  lazy: async () => {
    const Page = await load();
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
    ErrorBoundary: AppError,
    HydrateFallback: PageLoading,
    children: [
      { path: "sign-in", Component: SignIn },
      { path: "forgotten-password", Component: ForgottenPassword },
      { path: "invitation", Component: Invitation },
      { path: "new-password", Component: NewPassword },
      { path: "confirm-email", Component: EmailConfirmation },
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
