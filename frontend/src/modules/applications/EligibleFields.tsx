import { Button, Group, Modal, MultiSelect, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { api } from "@/api/client";
import { counted } from "@/ui/format";
import { UnitPicker } from "@/ui/UnitPicker";
import type { Eligible } from "./rules";

interface EligibleFieldsProps {
  value: Eligible;
  onChange: (audience: Eligible) => void;
}

/** Who may apply: the whole city, kinds, groups, units one by one; but those that are excepted. */
export function EligibleFields({ value, onChange }: EligibleFieldsProps) {
  const [list, setList] = useState<"units" | "except_units">("units");
  const [isListOpen, dialog] = useDisclosure(false);
  const kinds = api.useQuery("get", "/api/v1/directory/kinds/", {}, { staleTime: 60_000 });
  const groups = api.useQuery("get", "/api/v1/directory/groups/", { params: { query: { page_size: 500 } } });
  const open = (which: typeof list) => () => {
    setList(which);
    dialog.open();
  };
  const count = (ids: readonly string[]) => counted(ids.length, "jednostka", "jednostki", "jednostek");
  const title = list === "units" ? "Jednostki, które też mogą składać" : "Jednostki, które nie mogą składać";

  return (
    <Stack>
      <Switch
        label="Wszystkie jednostki miasta"
        checked={value.all_units}
        onChange={(event) => onChange({ ...value, all_units: event.currentTarget.checked })}
      />
      {!value.all_units && (
        <>
          <MultiSelect
            label="Rodzaje jednostek"
            data={(kinds.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            value={value.kinds}
            onChange={(chosen) => onChange({ ...value, kinds: chosen })}
            searchable
          />
          <MultiSelect
            label="Grupy"
            data={(groups.data?.results ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={value.groups}
            onChange={(chosen) => onChange({ ...value, groups: chosen })}
            searchable
          />
          <Group gap="sm">
            <Button variant="default" onClick={open("units")}>
              Dodaj jednostki z listy
            </Button>
            {value.units.length > 0 && <Text>dodatkowo: {count(value.units)}</Text>}
          </Group>
        </>
      )}
      <Group gap="sm">
        <Button variant="default" onClick={open("except_units")}>
          Wyłącz jednostki
        </Button>
        {value.except_units.length > 0 && <Text>oprócz: {count(value.except_units)}</Text>}
      </Group>
      <Modal opened={isListOpen} onClose={dialog.close} title={title} size="lg">
        <UnitPicker label={title} value={value[list]} onChange={(ids) => onChange({ ...value, [list]: ids })} />
        <Group justify="flex-end" mt="md">
          <Button onClick={dialog.close}>Gotowe: {count(value[list])}</Button>
        </Group>
      </Modal>
    </Stack>
  );
}
