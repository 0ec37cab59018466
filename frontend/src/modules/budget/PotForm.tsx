import { Button, Group, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { Panel } from "@/ui/Panel";
import { folded } from "@/ui/polish";
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
  error: unknown;
  isSaving: boolean;
  onSave: (fields: Fields) => void;
}

export function PotForm({ begin, asks, takenFrom, error, isSaving, onSave }: PotFormProps) {
  const [fields, setFields] = useState(begin);
  const proposed = codeFrom(fields.name);
  const set = (changes: Partial<Fields>) => setFields({ ...fields, ...changes });
  const isAsked = (name: PotFormProps["asks"][number]) => asks.includes(name);
  const positions = api.useQuery("get", "/api/v1/budget/classifications/", {
    params: { query: { year: Number(fields.year) || undefined, is_active: true, page_size: 500 } },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave({ ...fields, code: fields.code || proposed });
  };

  const text = (name: "year" | "name" | "fund", rest: { description?: string; required?: boolean } = {}) => (
    <TextInput
      id={name}
      label={LABELS[name]}
      value={fields[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      error={errorOf(error, name)}
      {...rest}
    />
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack maw="46rem">
        <FormErrorSummary error={error} labels={LABELS} title="Nie zapisano puli" />
        <Panel title="Pula">
          <Stack>
            {text("name", { required: true })}
            <SimpleGrid cols={{ base: 1, xs: 2 }}>
              {isAsked("year") && text("year", { required: true })}
              {isAsked("code") && (
                <TextInput
                  id="code"
                  label={LABELS.code}
                  description="Po nim procedury znajdują pulę; co roku ten sam. Później się nie zmienia."
                  placeholder={proposed}
                  value={fields.code}
                  onChange={(event) => set({ code: event.currentTarget.value })}
                  error={errorOf(error, "code")}
                />
              )}
            </SimpleGrid>
            {isAsked("amount") && (
              <>
                <MoneyField
                  id="amount"
                  label={LABELS.amount}
                  value={fields.amount}
                  onChange={(amount) => set({ amount })}
                  error={errorOf(error, "amount")}
                />
                {takenFrom && <FitNote potId={takenFrom.id} amount={fields.amount} />}
                <TextInput
                  id="reason"
                  label={LABELS.reason}
                  description="Na przykład numer uchwały budżetowej."
                  value={fields.reason}
                  onChange={(event) => set({ reason: event.currentTarget.value })}
                  error={errorOf(error, "reason")}
                />
              </>
            )}
          </Stack>
        </Panel>
        <Panel title="Skąd środki i kto dysponuje">
          <Stack>
            {text("fund", { description: "Na przykład: środki własne, dotacja, program." })}
            <ChoiceField
              id="classification"
              label={LABELS.classification}
              choices={(positions.data?.results ?? []).map(({ id, code, name }) => ({
                value: id,
                label: `${code} ${name}`,
              }))}
              value={fields.classification || null}
              onChange={(chosen) => set({ classification: chosen ?? "" })}
              error={errorOf(error, "classification")}
            />
            <DisposerField value={fields.disposer} onChange={(disposer) => set({ disposer })} />
            <Textarea
              id="note"
              label={LABELS.note}
              value={fields.note}
              onChange={(event) => set({ note: event.currentTarget.value })}
              error={errorOf(error, "note")}
              autosize
              minRows={2}
            />
          </Stack>
        </Panel>
        <Group justify="flex-end">
          <Button type="submit" loading={isSaving}>
            Zapisz
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
