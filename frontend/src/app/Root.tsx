import { lazy, Suspense } from "react";
import { Outlet } from "react-router";

/** Not needed for the first screen; what is said before it comes waits for it. */
const Notices = lazy(async () => ({ default: (await import("./Notices")).Notices }));

/** Around every page, with or without a session. */
export const Root = () => (
  <>
    <Suspense>
      <Notices />
    </Suspense>
    <Outlet />
  </>
);
