import { MultiSelect, Radio, Stack } from "@mantine/core";
import { api } from "@/api/client";
import { counted } from "@/ui/format";
import { ProblemAlert } from "@/ui/ProblemAlert";
import type { Delivery, Message } from "./nouns";

/** As many as one answer of the server holds. */
const MOST = 500;

interface DeliveryChoiceProps {
  message: Message;
  label: string;
  /** Of which recipients some may be chosen. */
  isOffered: (delivery: Delivery) => boolean;
  /** "Wszystkim 119 adresatom" */
  all: string;
  /** Ids of deliveries; null: all. */
  value: readonly string[] | null;
  onChange: (value: readonly string[] | null) => void;
}

/** Whether a deed is about all recipients of a message or about some of them, and which. */
export function DeliveryChoice({ message, label, isOffered, all, value, onChange }: DeliveryChoiceProps) {
  const isSome = value !== null;
  const deliveries = api.useQuery(
    "get",
    "/api/v1/messaging/messages/{message_id}/deliveries/",
    { params: { path: { message_id: message.id }, query: { page_size: MOST } } },
    { enabled: isSome },
  );
  const offered = (deliveries.data?.results ?? []).filter(isOffered);
  return (
    <Stack gap="xs">
      <Radio.Group
        label={label}
        value={isSome ? "some" : "all"}
        onChange={(chosen) => onChange(chosen === "some" ? [] : null)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={all} />
          <Radio value="some" label="Wybrani adresaci" />
        </Stack>
      </Radio.Group>
      {isSome && (
        <MultiSelect
          label="Którzy adresaci"
          placeholder={value.length === 0 ? "Wpisz nazwę" : undefined}
          searchable
          nothingFoundMessage="Nie ma takiego adresata."
          data={offered.map(({ id, recipient }) => ({ value: id, label: recipient.short_name }))}
          value={[...value]}
          onChange={onChange}
          description={value.length > 0 && `Wybrano: ${counted(value.length, "adresat", "adresatów", "adresatów")}`}
          comboboxProps={{ withinPortal: true }}
        />
      )}
      <ProblemAlert error={deliveries.error} retry={() => void deliveries.refetch()} />
    </Stack>
  );
}
