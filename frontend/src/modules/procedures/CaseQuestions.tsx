import { Questions } from "@/ui/questions/Questions";
import type { CaseDetails } from "./nouns";

/** What the applicant and the office have asked each other about the matter. */
export function CaseQuestions({ matter }: { matter: CaseDetails }) {
  return (
    <Questions
      kind="procedures.case"
      id={matter.id}
      title="Pytania w sprawie"
      outside={matter.unit?.short_name ?? "wnioskodawca"}
      office="wydział"
      invitation="Coś trzeba wyjaśnić? Zapytaj drugą stronę. Pytania i odpowiedzi zostają przy sprawie."
    />
  );
}
