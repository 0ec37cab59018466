import { Paper } from "@mantine/core";
import { type ReactNode, Suspense } from "react";
import { useSession } from "@/api/session";
import { Brand } from "@/app/Brand";
import classes from "@/app/Door.module.css";
import { PageLoading } from "@/app/PageLoading";
import { PageHeader } from "@/ui/PageHeader";

interface DoorProps {
  title: string;
  children: ReactNode;
}

/** Around every page that needs no session: a card of this city in the middle of the screen. */
export function Door({ title, children }: DoorProps) {
  return (
    <main className={classes.page}>
      <Suspense fallback={<PageLoading />}>
        <Card title={title}>{children}</Card>
      </Suspense>
    </main>
  );
}

function Card({ title, children }: DoorProps) {
  const { city } = useSession();
  return (
    <Paper p={{ base: "lg", xs: "xl" }} className={classes.card}>
      <div className={classes.brand}>
        <Brand />
        <span>OPIUM</span>
      </div>
      <PageHeader title={title} description={city.name} />
      {children}
    </Paper>
  );
}
