import { NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { ExpressionField } from "@/ui/ExpressionField";
import { Panel } from "@/ui/Panel";
import { ArchivePanel } from "./ArchivePanel";
import { ClassField } from "./ClassField";
import type { Draft, Limits } from "./draft";
import { FormField } from "./FormField";
import { FunctionsPanel } from "./FunctionsPanel";
import type { ProcedureDetails } from "./nouns";
import { faultAt } from "./problems";
import { RevisionsPanel } from "./RevisionsPanel";

interface ProcedureSettingsProps {
  draft: Draft;
  procedure: ProcedureDetails;
  onChange: (draft: Draft) => void;
}

const APPLICANTS = [
  { value: "unit", label: "jednostka" },
  { value: "person", label: "osoba" },
  { value: "office", label: "urząd, z własnej inicjatywy" },
];

/** What concerns the procedure as a whole: its name, form, who may open a matter, when and how many. */
export function ProcedureSettings({ draft, procedure, onChange }: ProcedureSettingsProps) {
  const change = (changes: Partial<Draft>) => onChange({ ...draft, ...changes });
  const changeLimits = (limits: Partial<Limits>) => change({ limits: { ...draft.limits, ...limits } });
  const fault = (path: string) => faultAt(procedure.problems, path);

  return (
    <Stack>
      <Panel title="Nazwa i opis">
        <Stack>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <TextInput
              id="procedure-name"
              label="Nazwa procedury"
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
              error={fault("name")}
            />
            <TextInput
              label="Jak nazywa się jedna sprawa"
              description="Rzeczownik: wniosek, zgłoszenie, nominacja."
              value={draft.noun}
              onChange={(event) => change({ noun: event.currentTarget.value })}
              error={fault("noun")}
            />
          </SimpleGrid>
          <Textarea
            label="Opis"
            description="Dla kogo jest i czego dotyczy; widać go przy zakładaniu sprawy."
            autosize
            minRows={2}
            value={draft.description}
            onChange={(event) => change({ description: event.currentTarget.value })}
            error={fault("description")}
          />
        </Stack>
      </Panel>
      <Panel title="Wniosek">
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <NativeSelect
            label="Kto składa"
            data={APPLICANTS}
            value={draft.applicant}
            onChange={(event) => change({ applicant: event.currentTarget.value as Draft["applicant"] })}
            error={fault("applicant")}
          />
          <FormField
            id="procedure-form"
            label="Formularz wniosku"
            value={draft.form}
            onChange={(form) => change({ form })}
            error={fault("form")}
          />
          <ClassField value={draft.class} onChange={(symbol) => change({ class: symbol })} error={fault("class")} />
        </SimpleGrid>
      </Panel>
      <Panel title="Kiedy i ile razy wolno złożyć">
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <ExpressionField
            label="Przyjmowanie od"
            description="Data: 2026-11-15 albo 2026-11-15T08:00:00. Puste: zawsze."
            value={draft.limits.opens_at}
            onChange={(opens_at) => changeLimits({ opens_at })}
            error={fault("limits/opens_at")}
          />
          <ExpressionField
            label="Przyjmowanie do"
            description="Sam dzień zamyka się o północy po nim."
            value={draft.limits.closes_at}
            onChange={(closes_at) => changeLimits({ closes_at })}
            error={fault("limits/closes_at")}
          />
          <ExpressionField
            label="Dzień odniesienia"
            description="Od tego dnia formularze liczą rok szkolny, wiek i obowiązujące stawki: 2026-09-01. Puste: od dnia złożenia."
            value={draft.limits.reference_day}
            onChange={(reference_day) => changeLimits({ reference_day })}
            error={fault("limits/reference_day")}
          />
          <ExpressionField
            label="Ile spraw jednej jednostki"
            description="Liczba albo wyrażenie z danych jednostki i tabel. Puste: bez ograniczenia."
            placeholder={'z_tabeli("limity", "granty")'}
            value={draft.limits.per_unit}
            onChange={(per_unit) => changeLimits({ per_unit })}
            error={fault("limits/per_unit")}
          />
          <ExpressionField
            label="Kiedy jednostce odmówić"
            description="Warunek, na przykład zaległe rozliczenia. Puste: nigdy."
            placeholder="sprawy.zalegle > 0"
            value={draft.limits.test_of_overdue}
            onChange={(test_of_overdue) => changeLimits({ test_of_overdue })}
            error={fault("limits/test_of_overdue")}
          />
        </SimpleGrid>
      </Panel>
      <FunctionsPanel draft={draft} procedure={procedure} onChange={onChange} />
      <RevisionsPanel procedure={procedure} />
      <ArchivePanel procedure={procedure} />
    </Stack>
  );
}
