import { Paper, Text } from "@mantine/core";
import { Suspense } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useSession } from "@/api/session";
import { Brand } from "@/app/Brand";
import { PageLoading } from "@/app/PageLoading";
import { returnPath } from "@/app/returnPath";
import classes from "@/app/SignIn.module.css";
import { SignInForm } from "@/app/SignInForm";
import { PageHeader } from "@/ui/PageHeader";

export function SignIn() {
  return (
    <main className={classes.page}>
      <Suspense fallback={<PageLoading />}>
        <SignInCard />
      </Suspense>
    </main>
  );
}

function SignInCard() {
  const { person, city } = useSession();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const next = returnPath(params.get("next"));

  if (person) {
    return <Navigate to={next} replace />;
  }
  return (
    <Paper p="xl" className={classes.card}>
      <div className={classes.brand}>
        <Brand />
        <span>OPIUM</span>
      </div>
      <PageHeader title="Zaloguj się" description={city.name} />
      <SignInForm onSignedIn={() => navigate(next, { replace: true })} />
      <Text size="sm" c="dimmed" mt="lg">
        Nie masz hasła albo go nie pamiętasz? Konta zakłada i odnawia administrator w wydziale oświaty.
      </Text>
    </Paper>
  );
}
