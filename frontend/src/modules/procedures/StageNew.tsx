import { Modal, Radio, TextInput } from "@mantine/core";
import { EditForm } from "@/ui/EditForm";
import { useEdit } from "@/ui/useEdit";
import type { StageKind } from "./nouns";
import classes from "./StageNew.module.css";

interface StageNewProps {
  isOpen: boolean;
  kinds: readonly StageKind[];
  /** Codes of kinds without which the procedure cannot be published. */
  missing: ReadonlySet<string>;
  onAdd: (kind: StageKind, name: string) => void;
  onClose: () => void;
}

/** Asks of what kind a new stage is, those that the procedure cannot do without first; its name is that of the kind until another is typed. */
export function StageNew({ isOpen, onClose, ...rest }: StageNewProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Nowy etap" size="lg">
      <Fields {...rest} onClose={onClose} />
    </Modal>
  );
}

const LABELS = { code: "Co się w nim dzieje?", name: "Nazwa etapu" };

function Fields({ kinds, missing, onAdd, onClose }: Omit<StageNewProps, "isOpen">) {
  const form = useEdit({ begin: { code: "", name: "" }, labels: LABELS });
  const kind = kinds.find((one) => one.code === form.fields.code);
  const isMissing = ({ code }: StageKind) => missing.has(code);

  return (
    <EditForm
      form={form}
      save="Dodaj etap"
      isIncomplete={!kind}
      cancel={onClose}
      onSave={({ name }) => kind && onAdd(kind, name.trim() || kind.label)}
    >
      <Radio.Group {...form.choice("code")} required>
        <div className={classes.kinds}>
          {[...kinds.filter(isMissing), ...kinds.filter((one) => !isMissing(one))].map((one) => (
            <Radio
              key={one.code}
              value={one.code}
              label={isMissing(one) ? `${one.label} (brakuje go w tej procedurze)` : one.label}
              description={one.description}
            />
          ))}
        </div>
      </Radio.Group>
      <TextInput {...form.input("name")} placeholder={kind?.label} />
    </EditForm>
  );
}
