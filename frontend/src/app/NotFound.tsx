import { ButtonLink } from "@/ui/ButtonLink";
import { PageHeader } from "@/ui/PageHeader";

export function NotFound() {
  return (
    <>
      <PageHeader
        title="Nie ma takiej strony"
        description="Adres jest niepełny albo ta strona została usunięta. Sprawdź adres lub przejdź do strony głównej."
      />
      <ButtonLink to="/">Przejdź do strony głównej</ButtonLink>
    </>
  );
}
