import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck, IconHistory } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { api, bodyOf, http, underPath } from "@/api/client";
import { useSession } from "@/api/session";
import { ButtonLink } from "@/ui/ButtonLink";
import { type Answers, asDefinition } from "@/ui/filling/definition";
import { Filler } from "@/ui/filling/Filler";
import { MistakeList } from "@/ui/filling/MistakeList";
import { PrintButton } from "@/ui/filling/PrintButton";
import { asProjection, type Mistake, mistakesOf } from "@/ui/filling/projection";
import { RichText } from "@/ui/filling/RichText";
import { SheetSummary } from "@/ui/filling/SheetSummary";
import { formatDateTime } from "@/ui/format";
import { notifyDone } from "@/ui/notify";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import { Panes } from "@/ui/Panes";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { ClashDialog } from "./ClashDialog";
import { FORMS, type Sheet } from "./nouns";
import { SavingStatus } from "./SavingStatus";
import { SectionNav } from "./SectionNav";
import classes from "./SheetPage.module.css";
import { SHEET, useSheet } from "./useSheet";

/** One sheet: filled in, corrected, or read, as the server lets this person. */
export function SheetPage() {
  const { id = "" } = useParams();
  const { data: sheet } = api.useSuspenseQuery("get", SHEET, { params: { path: { id } } }, { staleTime: 0 });
  const { person } = useSession();
  // Another revision, or one that was handed in, is another sheet to the eye: nothing of the old one is carried on.
  const name = `${sheet.id} ${sheet.revision} ${sheet.state} ${sheet.version}`;
  return sheet.can.includes("fill") ? (
    <Filling key={name} sheet={sheet} person={person?.id ?? ""} />
  ) : (
    <Reading key={name} sheet={sheet} />
  );
}

const CASE_OWNER = "procedures.case";

const backOf = ({ owner_kind, owner_id }: Sheet) =>
  owner_kind === CASE_OWNER ? { to: `/procedures/cases/${owner_id}`, label: "Sprawa" } : undefined;

function SheetTools({ sheet }: { sheet: Sheet }) {
  return (
    <>
      {sheet.versions.length > 0 && (
        <ButtonLink
          to={`/forms/sheets/${sheet.id}/versions`}
          variant="default"
          leftSection={<IconHistory size={18} aria-hidden />}
        >
          Wersje
        </ButtonLink>
      )}
      {!sheet.is_veiled && <PrintButton sheet={sheet.id} />}
    </>
  );
}

function Filling({ sheet, person }: { sheet: Sheet; person: string }) {
  const { keeper, answers, projection, saving, error, clashes, unsent } = useSheet(sheet, person);
  const cache = useQueryClient();
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const [isFine, setIsFine] = useState(false);
  const definition = asDefinition(sheet.definition);
  const maySubmit = sheet.can.includes("submit");
  const params = { path: { id: sheet.id } };
  const refresh = () => cache.invalidateQueries({ predicate: underPath(FORMS) });

  const submit = useMutation({
    mutationFn: async () => {
      await keeper.flush();
      return bodyOf(await http.POST("/api/v1/forms/sheets/{id}/submit/", { params }));
    },
    onSuccess: (submitted) => {
      cache.setQueryData(api.queryOptions("get", SHEET, { params }).queryKey, submitted);
      notifyDone("Wysłano.");
    },
    onError: (refusal) => setMistakes(labelled(mistakesOf(refusal), keeper.state.projection.errors)),
  });
  const back = backOf(sheet);
  const navigate = useNavigate();
  const check = useMutation({
    meta: { refreshes: ["/api/v1/procedures/"] }, // a case says whether its form is complete
    mutationFn: (_: { goesOn: boolean }) => keeper.flush(),
    onSuccess: (_, { goesOn }) => {
      const found = keeper.state.projection.errors;
      setMistakes([...found]);
      setIsFine(found.length === 0);
      if (goesOn && found.length === 0 && back) {
        void navigate(`${back.to}?goesOn`); // the case then asks for the step that the form was filled in for
      }
    },
  });
  const isChecking = (goesOn: boolean) => check.isPending && check.variables.goesOn === goesOn;
  const press = (goesOn: boolean) => {
    submit.reset();
    check.mutate({ goesOn });
  };
  const isListed = mistakes.length > 0;
  // What has been put right since goes from the list by itself.
  const left = mistakes.filter(
    (mistake) => projection.errors.some(({ path }) => path === mistake.path) || !mistake.path,
  );

  return (
    <>
      <PageHeader
        title={definition.title || sheet.form.name}
        description={sheet.unit ? `${sheet.unit.short_name}, ${sheet.unit.name}` : undefined}
        back={back}
        actions={<SheetTools sheet={sheet} />}
      />
      <Stack>
        {sheet.asks_correction && (
          <Alert color="caution" title="Prośba o poprawę">
            <Text c="var(--mantine-color-text)" style={{ whiteSpace: "pre-line" }}>
              {sheet.asks_correction.sentence}
            </Text>
            <Text size="sm" mt={4} c="var(--mantine-color-text)">
              {sheet.asks_correction.by}, {formatDateTime(sheet.asks_correction.at)}.
              {sheet.open_sections && " Można zmieniać tylko wskazane części; pozostałe są do wglądu."}
            </Text>
          </Alert>
        )}
        {saving === "offline" && (
          <Alert color="caution" title="Brak połączenia z serwerem" role="status" className={classes.offline}>
            Możesz pisać dalej. Odpowiedzi są zachowane w tej przeglądarce i zapiszą się same, gdy połączenie wróci.
          </Alert>
        )}
        {saving === "stale" && (
          <ProblemAlert error={error} title="Formularz się zmienił" retry={() => void refresh()} />
        )}
        {saving === "refused" && (
          <ProblemAlert
            error={error}
            title="Ostatnich odpowiedzi nie zapisano"
            retry={() => void keeper.flush().catch(() => undefined)}
          />
        )}
        {isListed && left.length === 0 ? (
          <Alert color="success" role="status">
            Wszystkie wskazane miejsca są już poprawione.
          </Alert>
        ) : (
          <MistakeList mistakes={left} title={maySubmit ? "Jeszcze nie można wysłać" : "Do uzupełnienia"}>
            Odpowiedzi są zapisane. Popraw wskazane miejsca:
          </MistakeList>
        )}
        {submit.error && !isListed ? <ProblemAlert error={submit.error} title="Nie wysłano" /> : null}
        <SetAside sheet={sheet} />
        <Beside nav={<SectionNav definition={definition} projection={projection} />}>
          <Stack miw={0}>
            {definition.introduction && (
              <Panel title="Zanim zaczniesz">
                <RichText text={definition.introduction} />
              </Panel>
            )}
            <Filler
              definition={definition}
              projection={projection}
              answers={answers}
              onChange={(key, answer) => {
                setIsFine(false);
                keeper.change(key, answer);
              }}
              mistakes={left}
              openSections={sheet.open_sections}
              dictionaries={sheet.dictionaries}
              files={sheet.files}
            />
            {isFine && !isListed && <Complete sheet={sheet} />}
            <div className={classes.foot}>
              <SavingStatus saving={saving} unsent={unsent} />
              <Group gap="xs">
                <Button
                  variant={maySubmit || back ? "default" : "filled"}
                  loading={isChecking(false)}
                  onClick={() => press(false)}
                >
                  Sprawdź
                </Button>
                {back && !maySubmit && (
                  <Button loading={isChecking(true)} onClick={() => press(true)}>
                    Gotowe, dalej
                  </Button>
                )}
                {maySubmit && (
                  <Button
                    loading={submit.isPending}
                    onClick={() => {
                      setMistakes([]);
                      submit.mutate();
                    }}
                  >
                    Wyślij
                  </Button>
                )}
              </Group>
            </div>
          </Stack>
        </Beside>
      </Stack>
      <ClashDialog clashes={clashes} definition={definition} onChoose={(key, whose) => keeper.choose(key, whose)} />
    </>
  );
}

/** The form beside what it judges, where the address names that (`?beside=` and the id of its sheet); else beside its parts. */
function Beside({ nav, children }: { nav: ReactNode; children: ReactNode }) {
  const beside = useSearchParams()[0].get("beside");
  return beside ? (
    <Panes
      first={{
        label: "Wniosek",
        content: (
          <Panel title="Wniosek">
            <SheetSummary id={beside} />
          </Panel>
        ),
      }}
      second={{ label: "Do wypełnienia", content: children }}
    />
  ) : (
    <div className={classes.columns}>
      {nav}
      {children}
    </div>
  );
}

/** Beside the button that was pressed, in sight, and with what comes next. */
function Complete({ sheet }: { sheet: Sheet }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "center" });
  }, []);
  return (
    <Alert
      ref={box}
      tabIndex={-1}
      color="success"
      icon={<IconCircleCheck aria-hidden />}
      title="Formularz jest kompletny"
    >
      <Text c="var(--mantine-color-text)">
        {backOf(sheet) && !sheet.can.includes("submit")
          ? "Odpowiedzi są zapisane, ale jeszcze niezłożone. Gdy wszystko się zgadza, naciśnij „Gotowe, dalej”."
          : "Odpowiedzi są zapisane, ale jeszcze niewysłane. Gdy wszystko się zgadza, naciśnij „Wyślij”."}
      </Text>
    </Alert>
  );
}

/** Refusals under the labels that the projection has for the same places. */
const labelled = (refused: readonly Mistake[], known: readonly Mistake[]): Mistake[] =>
  refused.map((mistake) => ({
    ...mistake,
    label: known.find(({ path }) => path === mistake.path)?.label ?? mistake.label,
  }));

/** Answers that a new version of the form has no place for: nothing disappears unseen. */
function SetAside({ sheet }: { sheet: Sheet }) {
  if (sheet.set_aside.length === 0) {
    return null;
  }
  return (
    <Alert color="navy" title="Odłożone odpowiedzi">
      <Text c="var(--mantine-color-text)">
        Formularz ma nową wersję, w której tych pytań już nie ma. Odpowiedzi zostały zachowane:
      </Text>
      <ul style={{ margin: "0.25rem 0 0", paddingLeft: "1.2rem", color: "var(--mantine-color-text)" }}>
        {sheet.set_aside.map(({ path, label, value, revision }) => (
          <li key={`${path} ${revision}`}>
            {label}: {typeof value === "string" ? value : JSON.stringify(value)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

const STATES = { draft: "w przygotowaniu", submitted: "złożony", withdrawn: "wycofany" } as const;

function Reading({ sheet }: { sheet: Sheet }) {
  const definition = asDefinition(sheet.definition);
  const projection = asProjection(sheet.projection);
  const last = sheet.versions.find(({ number }) => number === sheet.version);
  return (
    <>
      <PageHeader
        title={definition.title || sheet.form.name}
        description={[
          sheet.unit && `${sheet.unit.short_name}, ${sheet.unit.name}`,
          last
            ? `wersja ${last.number}, ${formatDateTime(last.submitted_at)}, ${last.submitted_by}`
            : !sheet.is_veiled && STATES[sheet.state],
        ]
          .filter(Boolean)
          .join(" · ")}
        back={backOf(sheet)}
        actions={<SheetTools sheet={sheet} />}
      />
      <div className={classes.columns}>
        <SectionNav definition={definition} projection={projection} isRead />
        <Stack miw={0}>
          {sheet.is_veiled && (
            <Alert color="navy" title="Wnioskodawca jest ukryty">
              <Text c="var(--mantine-color-text)">
                Oceniasz w ciemno: nie widzisz załączników ani odpowiedzi, które zdradzają, kto składa wniosek.
              </Text>
            </Alert>
          )}
          <SetAside sheet={sheet} />
          <Filler
            definition={definition}
            projection={projection}
            answers={sheet.answers as Answers}
            onChange={() => undefined}
            readOnly
            dictionaries={sheet.dictionaries}
            files={sheet.files}
          />
        </Stack>
      </div>
    </>
  );
}
