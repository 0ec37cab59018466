import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import type { StageKind } from "./nouns";
import classes from "./StageNew.module.css";

interface StageNewProps {
  isOpen: boolean;
  kinds: readonly StageKind[];
  onAdd: (kind: StageKind, name: string) => void;
  onClose: () => void;
}

/** Asks of what kind a new stage is; its name is that of the kind until another is typed. */
export function StageNew({ isOpen, onClose, ...rest }: StageNewProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Nowy etap" size="lg">
      <Fields {...rest} onClose={onClose} />
    </Modal>
  );
}

function Fields({ kinds, onAdd, onClose }: Omit<StageNewProps, "isOpen">) {
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const kind = kinds.find((one) => one.code === code);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (kind) {
      onAdd(kind, name.trim() || kind.label);
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Radio.Group label="Co się w nim dzieje?" value={code} onChange={setCode} required>
          <div className={classes.kinds}>
            {kinds.map((one) => (
              <Radio key={one.code} value={one.code} label={one.label} description={one.description} />
            ))}
          </div>
        </Radio.Group>
        <TextInput
          label="Nazwa etapu"
          placeholder={kind?.label}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Anuluj
          </Button>
          <Button type="submit" disabled={!kind}>
            Dodaj etap
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
