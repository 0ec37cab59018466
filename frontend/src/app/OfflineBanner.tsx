import { Alert } from "@mantine/core";
import { IconWifiOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";

function subscribe(tell: () => void) {
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  return () => {
    window.removeEventListener("online", tell);
    window.removeEventListener("offline", tell);
  };
}

export function OfflineBanner() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!isOnline && (
        <Alert color="caution" icon={<IconWifiOff aria-hidden />} mb="md" title="Brak połączenia z internetem">
          Możesz czytać to, co już się wczytało. Zapiszemy zmiany, gdy połączenie wróci – nie zamykaj tej karty.
        </Alert>
      )}
    </div>
  );
}
