import { SimpleGrid, TextInput } from "@mantine/core";
import { api } from "@/api/client";
import { DayField } from "@/ui/DayField";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import type { ChosenPerson } from "@/ui/PeoplePicker";
import { PersonField } from "@/ui/PersonField";
import { useEdit } from "@/ui/useEdit";

const LABELS = {
  person: "Kogo nie będzie",
  substitute: "Zastępca",
  starts_on: "Pierwszy dzień",
  ends_on: "Ostatni dzień",
  reason: "Powód",
};

/** Who stands in, from which day to which. */
export function SubstitutionForm({ absent, onDone }: { absent: ChosenPerson | null; onDone: () => void }) {
  const appoint = api.useMutation("post", "/api/v1/accounts/substitutions/", {
    onSuccess: () => {
      notifyDone("Zapisano zastępstwo.");
      onDone();
    },
  });
  const form = useEdit({
    begin: {
      substitute: null as ChosenPerson | null,
      starts_on: null as string | null,
      ends_on: null as string | null,
      reason: "",
    },
    labels: LABELS,
    saving: [appoint],
  });

  return (
    <EditForm
      form={form}
      refused="Nie zapisano zastępstwa"
      save="Zapisz zastępstwo"
      onSave={({ substitute, starts_on, ends_on, reason }) =>
        appoint.mutate({
          body: {
            person: absent?.id ?? "",
            substitute: substitute?.id ?? "",
            starts_on: starts_on ?? "",
            ends_on: ends_on ?? "",
            reason: reason.trim(),
          },
        })
      }
    >
      <PersonField {...form.choice("substitute")} isRequired />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DayField {...form.choice("starts_on")} isRequired />
        <DayField {...form.choice("ends_on")} isRequired />
      </SimpleGrid>
      <TextInput {...form.input("reason")} description="Nie trzeba go podawać. Widzi go zastępca." maxLength={200} />
    </EditForm>
  );
}
