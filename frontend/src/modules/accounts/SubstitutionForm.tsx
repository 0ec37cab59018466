import { Button, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type SubmitEvent, useState } from "react";
import { api } from "@/api/client";
import { DayField } from "@/ui/DayField";
import { FormErrorSummary } from "@/ui/FormErrorSummary";
import { errorOf } from "@/ui/fieldErrors";
import { notifyDone } from "@/ui/notify";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { useRefresh } from "./accounts";

const LABELS = {
  person: "Kogo nie będzie",
  substitute: "Zastępca",
  starts_on: "Pierwszy dzień",
  ends_on: "Ostatni dzień",
  reason: "Powód",
};

type Missing = Partial<Record<"substitute" | "starts_on" | "ends_on", string>>;

/** Who stands in, from which day to which. */
export function SubstitutionForm({ absent, onDone }: { absent: ChosenPerson | null; onDone: () => void }) {
  const [substitute, setSubstitute] = useState<ChosenPerson | null>(null);
  const [startsOn, setStartsOn] = useState<string | null>(null);
  const [endsOn, setEndsOn] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState<Missing>({});
  const refresh = useRefresh();
  const appoint = api.useMutation("post", "/api/v1/accounts/substitutions/", {
    onSuccess: () => {
      void refresh();
      notifyDone("Zapisano zastępstwo.");
      onDone();
    },
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setMissing({
      ...(!substitute && { substitute: "Wskaż, kto zastąpi." }),
      ...(!startsOn && { starts_on: "Podaj pierwszy dzień nieobecności." }),
      ...(!endsOn && { ends_on: "Podaj ostatni dzień nieobecności." }),
    });
    if (absent && substitute && startsOn && endsOn) {
      appoint.mutate({
        body: {
          person: absent.id,
          substitute: substitute.id,
          starts_on: startsOn,
          ends_on: endsOn,
          reason: reason.trim(),
        },
      });
    }
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormErrorSummary error={appoint.error} labels={LABELS} title="Nie zapisano zastępstwa" />
        <PersonField
          id="substitute"
          label={LABELS.substitute}
          value={substitute}
          onChange={setSubstitute}
          error={missing.substitute ?? errorOf(appoint.error, "substitute")}
          isRequired
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <DayField
            id="starts_on"
            label={LABELS.starts_on}
            value={startsOn}
            onChange={setStartsOn}
            error={missing.starts_on ?? errorOf(appoint.error, "starts_on")}
            isRequired
          />
          <DayField
            id="ends_on"
            label={LABELS.ends_on}
            value={endsOn}
            onChange={setEndsOn}
            error={missing.ends_on ?? errorOf(appoint.error, "ends_on")}
            isRequired
          />
        </SimpleGrid>
        <TextInput
          id="reason"
          label={LABELS.reason}
          description="Nie trzeba go podawać. Widzi go zastępca."
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={errorOf(appoint.error, "reason")}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={appoint.isPending}>
            Zapisz zastępstwo
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
