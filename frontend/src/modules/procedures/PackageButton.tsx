import { IconFileZip } from "@tabler/icons-react";
import { api } from "@/api/client";
import { MadeFileButton } from "@/ui/MadeFileButton";

/** Has the server put everything that this person sees of the matter into one ZIP. */
export function PackageButton({ matter }: { matter: string }) {
  const begin = api.useMutation("post", "/api/v1/procedures/cases/{id}/package/", { meta: { refreshes: [] } });
  return (
    <MadeFileButton
      begin={begin}
      ask={() => begin.mutate({ params: { path: { id: matter } } })}
      icon={<IconFileZip size={18} aria-hidden />}
      label="Cała sprawa w paczce (ZIP)"
      ready="Pobierz paczkę (ZIP)"
      told={{
        underWay: "Przygotowujemy paczkę ze wszystkimi dokumentami sprawy.",
        made: "Paczka jest gotowa do pobrania.",
      }}
    />
  );
}
