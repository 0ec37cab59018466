import { Button, Container, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import { useRouteError } from "react-router";
import { asProblem, Problem } from "@/api/problem";
import { NotFound } from "@/app/NotFound";
import { PageHeader } from "@/ui/PageHeader";

/** In place of a screen that failed: what happened, in Polish, and the way on. The menu stays usable. */
export function ScreenError() {
  const error = useRouteError();

  useEffect(() => {
    if (!(error instanceof Problem)) {
      console.error(error);
    }
  }, [error]);

  if (asProblem(error).status === 404) {
    return <NotFound />;
  }
  return (
    <div role="alert">
      <PageHeader title="Nie udało się pokazać tej strony" />
      <Text mb="md">{asProblem(error).detail}</Text>
      <Group>
        <Button onClick={() => window.location.reload()}>Wczytaj ponownie</Button>
        <Button component="a" href="/" variant="default">
          Przejdź do strony głównej
        </Button>
      </Group>
    </div>
  );
}

/** The same on a bare page, when not even the shell could be drawn. */
export function AppError() {
  return (
    <Container component="main" py="xl">
      <ScreenError />
    </Container>
  );
}
