import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link, Navigate, Outlet, ScrollRestoration, useLocation } from "react-router";
import { type SessionPerson, useSession } from "@/api/session";
import { Bell } from "@/app/Bell";
import { Brand } from "@/app/Brand";
import { OfflineBanner } from "@/app/OfflineBanner";
import { PageLoading } from "@/app/PageLoading";
import { QuickSearch } from "@/app/QuickSearch";
import classes from "@/app/Shell.module.css";
import { SideMenu } from "@/app/SideMenu";
import { UserMenu } from "@/app/UserMenu";

// Loaded as soon as the first screen stands, not when they are opened: by then the server may be out of reach.
const MenuDrawer = lazy(async () => ({ default: (await import("./MenuDrawer")).MenuDrawer }));
const SessionExpired = lazy(async () => ({ default: (await import("./SessionExpired")).SessionExpired }));
const ProofDialog = lazy(async () => ({ default: (await import("./ProofDialog")).ProofDialog }));

const OF_OPERATORS = "/outbox/jobs";
const OWN_ACCOUNT = "/accounts/me";

/** Around every screen of a signed-in person; anybody else is sent to sign in, and back. */
export function Shell() {
  return (
    <Suspense fallback={<PageLoading />}>
      <Guard />
    </Suspense>
  );
}

function Guard() {
  const { person, city, modules, must_enrol } = useSession();
  const { pathname, search } = useLocation();
  if (!person) {
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (must_enrol && pathname !== OWN_ACCOUNT) {
    return <Navigate to={OWN_ACCOUNT} replace />; // every right waits for the second factor
  }
  if (pathname === "/" && !modules.includes("todo")) {
    return <Navigate to={OF_OPERATORS} replace />;
  }
  return (
    <Frame
      person={person}
      cityName={city.name}
      // Operators have no notifications, and every right waits for the second factor, the bell's too.
      hasBell={modules.includes("notifications") && !must_enrol}
    />
  );
}

interface FrameProps {
  person: SessionPerson;
  cityName: string;
  /** Operators have no notifications. */
  hasBell: boolean;
}

function Frame({ person, cityName, hasBell }: FrameProps) {
  const [isMenuOpen, menu] = useDisclosure(false);
  return (
    <>
      <a className={classes.skip} href="#content">
        Przejdź do treści
      </a>
      <header className={classes.header}>
        <button
          type="button"
          className={`${classes.tool} ${classes.burger}`}
          aria-label="Menu"
          aria-expanded={isMenuOpen}
          onClick={menu.open}
        >
          <IconMenu2 aria-hidden />
        </button>
        <Link to="/" className={classes.home} aria-label={`OPIUM, ${cityName}: strona główna`}>
          <Brand />
          <span className={classes.city}>{cityName}</span>
        </Link>
        <div className={classes.end}>
          <QuickSearch />
          {hasBell && <Bell />}
          <UserMenu person={person} />
        </div>
      </header>
      <Suspense>
        <MenuDrawer isOpen={isMenuOpen} onClose={menu.close} />
      </Suspense>
      <div className={classes.body}>
        <div className={classes.side}>
          <SideMenu />
        </div>
        <main id="content" className={classes.main} tabIndex={-1}>
          <OfflineBanner />
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Suspense>
        <SessionExpired person={person} />
        <ProofDialog />
      </Suspense>
      <ScrollRestoration />
    </>
  );
}
