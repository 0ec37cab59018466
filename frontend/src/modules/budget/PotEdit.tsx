import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, bodyOf, http } from "@/api/client";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { bodyOfDisposer } from "./DisposerField";
import type { Pot } from "./nouns";
import { EMPTY, type Fields, PotForm } from "./PotForm";

const fieldsOf = (pot: Pot): Fields => ({
  ...EMPTY,
  year: String(pot.year),
  code: pot.code,
  name: pot.name,
  fund: pot.fund,
  note: pot.note,
  classification: pot.classification?.id ?? "",
  disposer: { kind: pot.disposer.kind, value: pot.disposer.value },
});

const detailsOf = ({ name, fund, note, classification, disposer }: Fields) => ({
  name: name.trim(),
  fund: fund.trim(),
  note: note.trim(),
  classification: classification || null,
  ...bodyOfDisposer(disposer),
});

function useSaved(sentence: string) {
  const navigate = useNavigate();
  return async ({ id }: Pot) => {
    await navigate(`/budget/pots/${id}`);
    notifyDone(sentence);
  };
}

/** A pot of the year in the address; `from` names one of last year to begin with. */
export function PotNew() {
  const [params] = useSearchParams();
  const year = params.get("year") ?? String(new Date().getFullYear());
  const from = params.get("from");
  const { data: earlier } = useQuery({
    queryKey: ["get", "/api/v1/budget/pots/", "to begin with", from],
    queryFn: async () => {
      const id = from ?? "";
      return bodyOf(await http.GET("/api/v1/budget/pots/{id}/", { params: { path: { id } } }));
    },
    enabled: from !== null,
  });
  const onSuccess = useSaved("Założono pulę.");
  const create = api.useMutation("post", "/api/v1/budget/pots/", { onSuccess });
  if (from !== null && !earlier) {
    return null;
  }
  const begin: Fields = earlier
    ? { ...fieldsOf(earlier), year, amount: earlier.figures.planned, classification: "" }
    : { ...EMPTY, year };
  return (
    <>
      <PageHeader title="Nowa pula" back={{ to: `/budget/pots?year=${year}`, label: "Budżet" }} />
      <PotForm
        begin={begin}
        asks={["year", "code", "amount"]}
        saving={create}
        onSave={(fields) =>
          create.mutate({
            body: {
              ...detailsOf(fields),
              year: Number(fields.year),
              code: fields.code,
              amount: fields.amount,
              reason: fields.reason.trim(),
            },
          })
        }
      />
    </>
  );
}

/** A part that somebody else disposes of. */
export function PartNew() {
  const { id = "" } = useParams();
  const { data: pot } = api.useSuspenseQuery("get", "/api/v1/budget/pots/{id}/", { params: { path: { id } } });
  const onSuccess = useSaved("Wydzielono część puli.");
  const create = api.useMutation("post", "/api/v1/budget/pots/{id}/parts/", { onSuccess });
  return (
    <>
      <PageHeader
        title="Wydziel część puli"
        description={`${pot.name} (${pot.year})`}
        back={{ to: `/budget/pots/${id}`, label: pot.name }}
      />
      <PotForm
        begin={{ ...EMPTY, year: String(pot.year), fund: pot.fund, classification: pot.classification?.id ?? "" }}
        asks={["code", "amount"]}
        takenFrom={pot}
        saving={create}
        onSave={(fields) =>
          create.mutate({
            params: { path: { id } },
            body: {
              ...detailsOf(fields),
              code: fields.code,
              amount: fields.amount,
              reason: fields.reason.trim(),
            },
          })
        }
      />
    </>
  );
}

/** What the pot is called and who disposes of it; its amount is changed on its page. */
export function PotEdit() {
  const { id = "" } = useParams();
  const { data: pot } = api.useSuspenseQuery("get", "/api/v1/budget/pots/{id}/", { params: { path: { id } } });
  const onSuccess = useSaved("Zapisano dane puli.");
  const change = api.useMutation("patch", "/api/v1/budget/pots/{id}/", { onSuccess });
  return (
    <>
      <PageHeader title={`Dane puli: ${pot.name}`} back={{ to: `/budget/pots/${id}`, label: pot.name }} />
      <PotForm
        begin={fieldsOf(pot)}
        version={pot.version}
        asks={[]}
        saving={change}
        onSave={(fields, header) => change.mutate({ params: { path: { id }, header }, body: detailsOf(fields) })}
      />
    </>
  );
}
