import { IconFileZip } from "@tabler/icons-react";
import { api } from "@/api/client";
import { MadeFileButton } from "@/ui/MadeFileButton";

/** Has the server put every document of the call that this person sees into one ZIP. */
export function CallPackage({ id }: { id: string }) {
  const begin = api.useMutation("post", "/api/v1/applications/calls/{id}/package/", { meta: { refreshes: [] } });
  return (
    <MadeFileButton
      begin={begin}
      ask={() => begin.mutate({ params: { path: { id } } })}
      icon={<IconFileZip size={18} aria-hidden />}
      label="Dokumenty naboru (ZIP)"
      ready="Pobierz paczkę (ZIP)"
      told={{
        underWay: "Przygotowujemy paczkę ze wszystkimi dokumentami naboru.",
        made: "Paczka jest gotowa do pobrania.",
      }}
    />
  );
}
