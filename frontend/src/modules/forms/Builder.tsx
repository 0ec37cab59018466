import { Alert, Button, Group, Modal, Tabs, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle, IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useNavigate, useParams } from "react-router";
import { api, type Schemas } from "@/api/client";
import { AutosaveStatus } from "@/ui/AutosaveStatus";
import { isSilent } from "@/ui/filling/definition";
import { counted } from "@/ui/format";
import { notifyRefused } from "@/ui/notify";
import { OvertakenNote } from "@/ui/OvertakenNote";
import { PageHeader } from "@/ui/PageHeader";
import { Panel } from "@/ui/Panel";
import classes from "./Builder.module.css";
import {
  askable,
  changeQuestion,
  changeSection,
  isUsualKey,
  keyFrom,
  keysOf,
  nameOf,
  questionAt,
  removeQuestion,
  removeSection,
  renameKey,
  repeatQuestion,
  sectionOf,
  titleOf,
} from "./draft";
import { FaultPanel } from "./FaultPanel";
import { FormMenu } from "./FormMenu";
import { faultCounts, faultsInside } from "./faults";
import type { Form } from "./nouns";
import { Outline } from "./Outline";
import { Preview } from "./Preview";
import { QuestionEditor } from "./QuestionEditor";
import { SectionEditor } from "./SectionEditor";
import { useDraft } from "./useDraft";
import { WholeEditor } from "./WholeEditor";

const EDITOR = "editor";
const NO_DICTIONARIES: readonly Schemas["DictionaryOut"][] = [];
const WIDE = "(min-width: 75em)";

/** Builds a form: its layout, the chosen question, and what it looks like, side by side or one at a time on a phone. */
export function Builder() {
  const { id = "" } = useParams();
  const { data: form } = api.useSuspenseQuery("get", "/api/v1/forms/forms/{id}/", { params: { path: { id } } });
  return <Opened key={id} loaded={form} />;
}

function Opened({ loaded }: { loaded: Form }) {
  const draft = useDraft(loaded);
  const { present: form, saved, autosave, edit, undo, redo, undoable, redoable, isFixed } = draft;
  const [chosen, setChosen] = useState(form.sections[0]?.questions[0]?.key ?? form.sections[0]?.key ?? "");
  // Its key changes when it is named, in the middle of work on it: the editor lives on until something else is opened.
  const [opening, setOpening] = useState(0);
  const [removed, setRemoved] = useState<string | null>(null);
  const [tab, setTab] = useState<string | null>("layout");
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const navigate = useNavigate();
  const mayChange = saved.can.includes("change");
  const dictionaries = api.useQuery(
    "get",
    "/api/v1/forms/dictionaries/",
    { params: { query: { page_size: 500 } } },
    { staleTime: 60_000 },
  );

  useUndoKeys(undo, redo);

  const open = (key: string) => {
    setChosen(key);
    setOpening((before) => before + 1);
  };
  const choose = (key: string) => {
    open(key);
    setTab("question");
    if (!isWide) {
      focusSoon(EDITOR);
    }
  };
  const goTo = (key: string) => {
    choose(key);
    focusSoon(EDITOR);
  };
  const question = questionAt(form, chosen);
  const section = form.sections.find(({ key }) => key === chosen);
  const inside = faultsInside(form, saved.problems, chosen);

  const rename = (key: string) => {
    const next = renameKey(form, chosen, key);
    if (next !== form) {
      edit(next, "zmianę klucza");
      setChosen(key);
    }
  };
  const nameAnew = (label: string, usual: string) => {
    if (isUsualKey(chosen) && !isFixed(chosen) && label.trim()) {
      rename(keyFrom(label, keysOf(form), usual));
    }
  };
  const remove = () => {
    if (question) {
      edit(removeQuestion(form, chosen), `usunięcie pytania „${nameOf(question)}”`);
      setRemoved(`Usunięto pytanie „${nameOf(question)}”.`);
      open(neighbourOf(form, chosen));
    } else if (section) {
      edit(removeSection(form, chosen), `usunięcie sekcji „${titleOf(section)}”`);
      setRemoved(
        `Usunięto sekcję „${titleOf(section)}” (${counted(section.questions.length, "pytanie", "pytania", "pytań")}).`,
      );
      open("");
    }
  };
  const change = (next: typeof form, what: string) => {
    setRemoved(null);
    edit(next, what);
  };

  const layout = (
    <div>
      <Panel title="Układ">
        <Outline
          form={form}
          chosen={chosen}
          faults={faultCounts(form, saved.problems)}
          onChoose={choose}
          onAdded={goTo}
          onChange={change}
        />
      </Panel>
      <FaultPanel form={form} faults={saved.problems} onChoose={goTo} />
    </div>
  );
  const chosenEditor = question ? (
    <QuestionEditor
      key={`question ${opening}`}
      question={question}
      others={askable(form, chosen)}
      dictionaries={dictionaries.data?.results ?? NO_DICTIONARIES}
      faults={inside}
      onChange={(changes, what) =>
        change(changeQuestion(form, chosen, changes), `${what} pytania „${nameOf(question)}”`)
      }
      onRename={rename}
      onNamed={() => nameAnew(question.label, "pytanie")}
      onRepeat={() => {
        const copy = repeatQuestion(form, chosen);
        change(copy.form, "powielenie pytania");
        open(copy.key);
      }}
      onRemove={remove}
      isFixed={isFixed}
    />
  ) : section ? (
    <SectionEditor
      key={`section ${opening}`}
      section={section}
      others={form.sections
        .filter((one) => one !== section)
        .flatMap(({ questions }) => questions)
        .filter(({ type }) => !isSilent(type))}
      faults={inside}
      onChange={(changes, what) => change(changeSection(form, chosen, changes), `${what} sekcji`)}
      onRename={rename}
      onNamed={() => nameAnew(section.title, "sekcja")}
      onRemove={remove}
      isFixed={isFixed}
    />
  ) : (
    <WholeEditor
      form={form}
      {...draft.names}
      onRename={draft.rename}
      onChange={(changes, what) => change({ ...form, ...changes }, what)}
      faults={inside}
    />
  );
  const editor = (
    <div id={EDITOR} tabIndex={-1} className={classes.editor}>
      {chosenEditor}
    </div>
  );
  const preview = (
    <Panel title="Podgląd">
      <Preview formId={saved.id} draft={form} dictionaries={dictionaries.data?.results ?? NO_DICTIONARIES} />
    </Panel>
  );

  return (
    <>
      <PageHeader
        title={draft.names.name || "Formularz bez nazwy"}
        description={stateInWords(saved)}
        back={{ to: "/forms/forms", label: "Formularze" }}
        actions={
          <>
            <FormMenu form={saved} />
            {saved.can.includes("publish") && (
              <Button
                onClick={() => autosave.flush().then(() => navigate(`/forms/forms/${saved.id}/publish`), notifyRefused)}
              >
                Publikuj…
              </Button>
            )}
          </>
        }
      />
      {mayChange ? (
        <>
          <Group justify="space-between" gap="xs" mb="sm">
            <Group gap="md">
              <AutosaveStatus autosave={autosave} />
              {saved.problems.length > 0 && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  color="danger"
                  leftSection={<IconAlertTriangle size={16} aria-hidden />}
                  onClick={() => {
                    setTab("layout");
                    focusSoon("faults");
                  }}
                >
                  Do poprawy: {saved.problems.length}
                </Button>
              )}
            </Group>
            <Group gap={4}>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconArrowBackUp size={18} aria-hidden />}
                disabled={undoable === null}
                title={undoable === null ? undefined : `Cofnij ${undoable} (Ctrl+Z)`}
                onClick={() => {
                  setRemoved(null);
                  undo();
                }}
              >
                Cofnij
              </Button>
              <Button
                variant="default"
                size="sm"
                leftSection={<IconArrowForwardUp size={18} aria-hidden />}
                disabled={redoable === null}
                title={redoable === null ? undefined : `Ponów ${redoable} (Ctrl+Shift+Z)`}
                onClick={redo}
              >
                Ponów
              </Button>
            </Group>
          </Group>
          <div role="status">
            {removed && (
              <Alert color="navy" mb="sm">
                <Group justify="space-between" gap="xs">
                  <Text>{removed}</Text>
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => {
                      undo();
                      setRemoved(null);
                    }}
                  >
                    Przywróć
                  </Button>
                </Group>
              </Alert>
            )}
          </div>
          {isWide ? (
            <div className={classes.columns}>
              {layout}
              {editor}
              <div className={classes.preview}>{preview}</div>
            </div>
          ) : (
            <Tabs value={tab} onChange={setTab} keepMounted={false}>
              <Tabs.List grow mb="md">
                <Tabs.Tab value="layout">Układ</Tabs.Tab>
                <Tabs.Tab value="question">{question ? "Pytanie" : section ? "Sekcja" : "Całość"}</Tabs.Tab>
                <Tabs.Tab value="preview">Podgląd</Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="layout">{layout}</Tabs.Panel>
              <Tabs.Panel value="question">{editor}</Tabs.Panel>
              <Tabs.Panel value="preview">{preview}</Tabs.Panel>
            </Tabs>
          )}
        </>
      ) : (
        preview
      )}
      <Modal
        opened={draft.isOvertaken}
        onClose={() => undefined}
        title="Zmieniono ten formularz w międzyczasie"
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
      >
        {draft.isOvertaken && <OvertakenNote error={draft.autosave.error} />}
        <Text mb="md">
          Zapisano go w innej karcie albo zrobiła to druga osoba. Możesz wczytać tamtą wersję (Twoje ostatnie
          niezapisane zmiany przepadną) albo zachować swoją (wtedy zastąpi tamtą).
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => void draft.keepMine()}>
            Zachowaj moją wersję
          </Button>
          <Button onClick={() => void draft.takeTheirs()} data-autofocus>
            Wczytaj tamte zmiany
          </Button>
        </Group>
      </Modal>
    </>
  );
}

/** To a part of the screen that is about to be drawn, into its first field where it has one. */
const focusSoon = (id: string) =>
  requestAnimationFrame(() => {
    const part = document.getElementById(id);
    (part?.querySelector<HTMLElement>("textarea:not([aria-hidden]), input") ?? part)?.focus();
  });

const stateInWords = ({ is_archived, revisions, sheets }: Form): string => {
  const newest = Math.max(0, ...revisions.map(({ number }) => number));
  const published = newest > 0 ? `Opublikowano wersję ${newest}.` : "Jeszcze nieopublikowany.";
  const used = sheets > 0 ? ` Wypełniany w ${counted(sheets, "arkuszu", "arkuszach", "arkuszach")}.` : "";
  return `${is_archived ? "W archiwum. " : ""}${published}${used}`;
};

/** What is chosen when a question goes: the one before it, or its section. */
function neighbourOf(form: Parameters<typeof sectionOf>[0], key: string): string {
  const section = sectionOf(form, key);
  const place = section?.questions.findIndex((one) => one.key === key) ?? -1;
  return section?.questions[place - 1]?.key ?? section?.questions[place + 1]?.key ?? section?.key ?? "";
}

/** Ctrl+Z and Ctrl+Shift+Z outside of fields, which have their own way back. */
function useUndoKeys(undo: () => void, redo: () => void) {
  const newest = useRef({ undo, redo });
  useEffect(() => {
    newest.current = { undo, redo };
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) {
        return;
      }
      const key = event.key.toLowerCase();
      if (key === "z" || key === "y") {
        event.preventDefault();
        (key === "y" || event.shiftKey ? newest.current.redo : newest.current.undo)();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
