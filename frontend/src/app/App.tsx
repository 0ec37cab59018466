import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { createQueryClient } from "@/app/queryClient";
import { styleNonce } from "@/ui/nonce";
import { theme } from "@/ui/theme";

export function App({ router }: Pick<ComponentProps<typeof RouterProvider>, "router">) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
