import { MantineProvider } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "@/app/queryClient";
import { styleNonce } from "@/ui/nonce";
import { cssVariables, theme } from "@/ui/theme";

export function App({ router }: Pick<ComponentProps<typeof RouterProvider>, "router">) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme="light"
      getStyleNonce={styleNonce}
    >
      <DatesProvider settings={{ locale: "pl", firstDayOfWeek: 1 }}>
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </DatesProvider>
    </MantineProvider>
  );
}
