import { FactList } from "@/ui/FactList";
import { SheetSummary } from "@/ui/filling/SheetSummary";
import { formatDate } from "@/ui/format";
import { Panel } from "@/ui/Panel";
import { TextLink } from "@/ui/TextLink";
import { CaseSubject } from "./CaseSubject";
import { applicationIn } from "./caseWords";
import type { CaseDetails } from "./nouns";

/** The matter itself: who asks, for what, and what they have written. */
export function CaseMatter({ matter }: { matter: CaseDetails }) {
  const application = applicationIn(matter);
  return (
    <>
      <CaseSubject matter={matter} />
      {/* What is decided upon tells its own facts. */}
      {!matter.subject && (
        <Panel
          title="O co chodzi"
          actions={application && <TextLink to={`/forms/sheets/${application.id}`}>{application.title}</TextLink>}
        >
          <FactList facts={factsOf(matter)} />
        </Panel>
      )}
      {application && (
        <Panel title="Odpowiedzi we wniosku">
          <SheetSummary id={application.id} />
        </Panel>
      )}
    </>
  );
}

const factsOf = ({ applicant, unit, procedure, opened_at }: CaseDetails) => [
  ...(unit ? ([["Wnioskuje", unit.short_name]] as const) : []),
  ...(applicant ? ([["Składa", applicant.name]] as const) : []),
  ["Czego dotyczy", procedure.name] as const,
  ["Założono", formatDate(opened_at)] as const,
];
