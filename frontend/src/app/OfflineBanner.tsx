import { Alert } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconWifiOff } from "@tabler/icons-react";

export function OfflineBanner() {
  const { online } = useNetwork();
  return (
    <div role="status">
      {!online && (
        <Alert color="caution" icon={<IconWifiOff aria-hidden />} mb="md" title="Brak połączenia z internetem">
          Możesz czytać to, co już się wczytało. Zapiszemy zmiany, gdy połączenie wróci – nie zamykaj tej karty.
        </Alert>
      )}
    </div>
  );
}
