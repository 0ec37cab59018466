import { Text, TextInput } from "@mantine/core";
import { api } from "@/api/client";
import { ChoiceField } from "@/ui/ChoiceField";
import { EditForm } from "@/ui/EditForm";
import { notifyDone } from "@/ui/notify";
import { useEdit } from "@/ui/useEdit";
import { READING } from "@/ui/widths";

const LABELS = { name: "Nazwa wariantu", order: "Ranking według", amount: "Kwota, o którą się wnioskuje" };

/** A new scenario with the plainest rules: the best first, as asked, as long as the call's pots have money. */
export function ScenarioNew({
  call,
  isFirst,
  onMade,
}: {
  call: string;
  /** Whether there is none yet: then it is what is to be done next. */
  isFirst: boolean;
  onMade: (id: string) => void;
}) {
  const path = { params: { path: { call_id: call } } };
  const { data: fields } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{call_id}/ranking_fields/", path);
  const { data: figures } = api.useSuspenseQuery("get", "/api/v1/applications/calls/{id}/figures/", {
    params: { path: { id: call } },
  });
  const draft = api.useMutation("post", "/api/v1/applications/calls/{call_id}/scenarios/", {
    onSuccess: ({ id, name }) => {
      form.reset();
      notifyDone(`Założono wariant „${name}”.`);
      onMade(id);
    },
  });
  const form = useEdit({
    begin: { name: "", order: "", amount: "" },
    labels: LABELS,
    // The rules are put together here, so the server cannot name these two fields.
    lacking: ({ order, amount }) => ({
      ...(order ? {} : { order: "Wybierz, co układa ranking." }),
      ...(amount ? {} : { amount: "Wybierz pytanie z kwotą." }),
    }),
    saving: [draft],
  });
  const chosen = (name: "order" | "amount") => {
    const { onChange, value, ...rest } = form.choice(name);
    return { ...rest, value: value || null, onChange: (told: string | null) => onChange(told ?? "") };
  };
  const numbers = fields.flatMap(({ name, kind, label }) => (kind === "number" ? [{ value: name, label }] : []));

  return (
    <EditForm
      form={form}
      refused="Nie założono wariantu"
      maw={READING}
      save="Załóż wariant"
      press={isFirst ? undefined : { variant: "default" }}
      onSave={({ name, order, amount }) =>
        draft.mutate({
          ...path,
          body: {
            name: name.trim(),
            rules: {
              order: [{ by: order }, { by: "zlozono", direction: "rising" }],
              amount: { way: "asked", by: amount },
              asked: amount,
              pots: figures.pots.map(({ code }) => ({ code })),
            },
            changes: {},
          },
        })
      }
    >
      <Text>
        Wariant układa złożone wnioski od najlepszego i dzieli między nie pieniądze naboru, aż się skończą. Możesz
        założyć kilka i je porównać: dopóki któregoś nie zarekomendujesz, niczego nie rezerwują.
      </Text>
      <TextInput {...form.input("name")} placeholder="np. Najlepsi po kolei" />
      <ChoiceField {...chosen("order")} choices={numbers} />
      <ChoiceField {...chosen("amount")} choices={numbers} />
    </EditForm>
  );
}
