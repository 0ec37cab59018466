import { Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { type Draft, leaving, nameOf, stageOf, type Transition } from "./draft";
import { outcomeName } from "./TransitionPanel";
import type { Vocabulary } from "./vocabulary";

type Given = Pick<Transition, "from" | "to" | "on" | "label" | "tone">;

interface TransitionNewProps {
  /** The stage that it leaves; null while nothing is asked. */
  from: string | null;
  draft: Draft;
  vocabulary: Vocabulary;
  onAdd: (transition: Given) => void;
  onClose: () => void;
}

/** Asks on which outcome a new transition leaves its stage, and where to. */
export function TransitionNew({ from, onClose, ...rest }: TransitionNewProps) {
  return (
    <Modal
      opened={from !== null}
      onClose={onClose}
      title={from === null ? "" : `Nowe przejście z etapu „${nameOf(stageOf(rest.draft, from))}”`}
    >
      {from !== null && <Fields key={from} from={from} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function Fields({ from, draft, vocabulary, onAdd, onClose }: TransitionNewProps & { from: string }) {
  const outcomes = vocabulary.kind(stageOf(draft, from)?.kind ?? "")?.outcomes ?? [];
  const others = draft.stages.filter(({ key }) => key !== from);
  const isFree = (code: string) => leaving(draft, from).every((one) => one.on !== code);
  const [on, setOn] = useState((outcomes.find(({ code }) => isFree(code)) ?? outcomes[0])?.code ?? "");
  const after = draft.stages[draft.stages.findIndex(({ key }) => key === from) + 1];
  const [to, setTo] = useState((after ?? others[0])?.key ?? "");
  const [label, setLabel] = useState("");
  const outcome = outcomes.find(({ code }) => code === on);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (outcome && to) {
      const tone = outcome.is_positive ? "positive" : outcome.is_positive === false ? "negative" : "neutral";
      onAdd({ from, to, on, label: label.trim() || outcome.label, tone });
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <NativeSelect
          label="Gdy etap kończy się jako"
          data={outcomes.map((one) => ({ value: one.code, label: outcomeName(one) }))}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label="Sprawa idzie do etapu"
          description={others.length === 0 ? "Najpierw dodaj drugi etap." : undefined}
          data={others.map((stage) => ({ value: stage.key, label: nameOf(stage) }))}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <TextInput
          label="Napis na przycisku"
          description="Czasownik: „Wezwij do poprawy”."
          placeholder={outcome?.label}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Anuluj
          </Button>
          <Button type="submit" disabled={!outcome || !to}>
            Dodaj przejście
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
