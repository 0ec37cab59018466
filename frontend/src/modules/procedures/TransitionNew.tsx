import { Modal, NativeSelect, TextInput } from "@mantine/core";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";
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

const LABELS = { on: "Gdy etap kończy się jako", to: "Sprawa idzie do etapu", label: "Napis na przycisku" };

function Fields({ from, draft, vocabulary, onAdd, onClose }: TransitionNewProps & { from: string }) {
  const outcomes = vocabulary.kind(stageOf(draft, from)?.kind ?? "")?.outcomes ?? [];
  const others = draft.stages.filter(({ key }) => key !== from);
  const isFree = (code: string) => leaving(draft, from).every((one) => one.on !== code);
  const after = draft.stages[draft.stages.findIndex(({ key }) => key === from) + 1];
  const form = useEdit({
    begin: {
      on: (outcomes.find(({ code }) => isFree(code)) ?? outcomes[0])?.code ?? "",
      to: (after ?? others[0])?.key ?? "",
      label: "",
    },
    labels: LABELS,
  });
  const outcome = outcomes.find(({ code }) => code === form.fields.on);

  const save = ({ on, to, label }: typeof form.fields) => {
    if (outcome && to) {
      const tone = outcome.is_positive ? "positive" : outcome.is_positive === false ? "negative" : "neutral";
      onAdd({ from, to, on, label: label.trim() || outcome.label, tone });
    }
  };

  return (
    <EditForm
      form={form}
      save="Dodaj przejście"
      isIncomplete={!outcome || !form.fields.to}
      cancel={onClose}
      onSave={save}
    >
      <NativeSelect
        {...form.input("on")}
        data={outcomes.map((one) => ({ value: one.code, label: outcomeName(one) }))}
        data-autofocus
      />
      <NativeSelect
        {...form.input("to")}
        description={others.length === 0 ? "Najpierw dodaj drugi etap." : undefined}
        data={others.map((stage) => ({ value: stage.key, label: nameOf(stage) }))}
      />
      <TextInput {...form.input("label")} description="Czasownik: „Wezwij do poprawy”." placeholder={outcome?.label} />
    </EditForm>
  );
}
