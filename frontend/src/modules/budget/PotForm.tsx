import { SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { api, type Seen } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { Panel } from "@/ui/Panel";
import { folded } from "@/ui/polish";
import { type Saving, useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";
import { type Disposer, DisposerField } from "./DisposerField";
import { FitNote } from "./FitNote";
import { MoneyField } from "./MoneyField";
import type { Pot } from "./nouns";

export interface Fields {
  year: string;
  code: string;
  name: string;
  amount: string;
  reason: string;
  fund: string;
  note: string;
  classification: string;
  disposer: Disposer;
}

export const EMPTY: Fields = {
  year: "",
  code: "",
  name: "",
  amount: "",
  reason: "",
  fund: "",
  note: "",
  classification: "",
  disposer: { kind: "department", value: "" },
};

const LABELS = {
  year: "Rok",
  code: "Kod",
  name: "Nazwa",
  amount: "Kwota",
  reason: "Podstawa",
  fund: "Źródło środków",
  classification: "Klasyfikacja budżetowa",
  disposer: "Kto dysponuje",
  note: "Uwagi",
};

/** "Granty sportowe" -> "granty_sportowe" */
const codeFrom = (name: string) =>
  folded(name)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 60);

interface PotFormProps {
  begin: Fields;
  /** What is asked once, when the pot is made. */
  asks: readonly ("year" | "code" | "amount")[];
  takenFrom?: Pot;
  /** Of the pot that is changed; none of a new one. */
  version?: string;
  saving: Saving;
  onSave: (fields: Fields, seen: Seen) => void;
}

export function PotForm({ begin, version, asks, takenFrom, saving, onSave }: PotFormProps) {
  const form = useEdit({ begin, version, labels: LABELS, saving: [saving] });
  const { fields, set } = form;
  const proposed = codeFrom(fields.name);
  const isAsked = (name: PotFormProps["asks"][number]) => asks.includes(name);
  const positions = api.useQuery("get", "/api/v1/budget/classifications/", {
    params: { query: { year: Number(fields.year) || undefined, is_active: true, page_size: 500 } },
  });

  return (
    <EditForm
      form={form}
      refused="Nie zapisano puli"
      maw={READING}
      save="Zapisz"
      onSave={(given, seen) => onSave({ ...given, code: given.code || proposed }, seen)}
    >
      <Panel title="Pula">
        <Stack>
          <TextInput {...form.input("name")} required />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {isAsked("year") && <TextInput {...form.input("year")} required />}
            {isAsked("code") && (
              <TextInput
                {...form.input("code")}
                description="Po nim procedury znajdują pulę; co roku ten sam. Później się nie zmienia."
                placeholder={proposed}
              />
            )}
          </SimpleGrid>
          {isAsked("amount") && (
            <>
              <MoneyField {...form.choice("amount")} />
              {takenFrom && <FitNote potId={takenFrom.id} amount={fields.amount} />}
              <TextInput {...form.input("reason")} description="Na przykład numer uchwały budżetowej." />
            </>
          )}
        </Stack>
      </Panel>
      <Panel title="Skąd środki i kto dysponuje">
        <Stack>
          <TextInput {...form.input("fund")} description="Na przykład: środki własne, dotacja, program." />
          <ChoiceField
            {...form.choice("classification")}
            choices={(positions.data?.results ?? []).map(({ id, code, name }) => ({
              value: id,
              label: `${code} ${name}`,
            }))}
            value={fields.classification || null}
            onChange={(chosen) => set({ classification: chosen ?? "" })}
          />
          <DisposerField value={fields.disposer} onChange={(disposer) => set({ disposer })} />
          <Textarea {...form.input("note")} autosize minRows={2} />
        </Stack>
      </Panel>
    </EditForm>
  );
}
