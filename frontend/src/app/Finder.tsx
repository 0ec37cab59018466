import { Modal, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { useNavigate } from "react-router";
import { useSession } from "@/api/session";
import classes from "@/app/Finder.module.css";
import { homeOf, mayUse, menuOf, modulesOf } from "@/app/menu";
import { EXACT, ranked, rankOf } from "@/ui/finding";
import type { SearchHit } from "@/ui/module";

const NOWHERE = -1;

/** The dialog of the search. */
export const Finder = ({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) => (
  <Modal opened={isOpen} onClose={onClose} title="Szukaj" centered={false} yOffset="10dvh">
    <Search onLeave={onClose} />
  </Modal>
);

/** The very name first, then the screens and what each module found, as the server ordered it. */
function useHits(text: string): { hits: readonly SearchHit[]; hasExact: boolean; isSearching: boolean } {
  const session = useSession();
  const [asked] = useDebouncedValue(text.trim(), 200);
  const screens = ranked([...homeOf(session), ...menuOf(session).flatMap(({ items }) => items)], text, ({ label }) => ({
    names: [label],
  })).map(({ label, to }) => ({
    label,
    to,
    description: "Przejdź do strony",
  }));
  const answers = useQueries({
    queries: modulesOf(session).flatMap(({ label, search, searchPermission }) =>
      search && mayUse(session, searchPermission)
        ? [{ queryKey: ["search", label, asked], queryFn: () => search(asked), enabled: asked.length >= 2 }]
        : [],
    ),
  });
  const hits = [...screens, ...answers.flatMap(({ data }) => data ?? [])];
  const isExact = ({ label }: SearchHit) => rankOf(text, { names: [label] }) === EXACT;
  return {
    hits: [...hits.filter(isExact), ...hits.filter((hit) => !isExact(hit))],
    hasExact: hits.some(isExact),
    isSearching: answers.some(({ isFetching }) => isFetching),
  };
}

function Search({ onLeave }: { onLeave: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const { hits, hasExact, isSearching } = useHits(text);
  const navigate = useNavigate();
  const list = useId();
  // Enter goes only where the name is exactly the one that was typed, or the arrows point.
  const current = Math.min(chosen ?? (hasExact ? 0 : NOWHERE), hits.length - 1);

  const leaveFor = (hit: SearchHit | undefined) => {
    if (hit) {
      onLeave();
      void navigate(hit.to);
    }
  };

  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && hits.length > 0) {
      event.preventDefault();
      setChosen(current === NOWHERE && step < 0 ? hits.length - 1 : (current + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      leaveFor(hits[current]);
    }
  };

  return (
    <>
      <TextInput
        label="Nazwa strony lub jednostki"
        data-autofocus
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={current !== NOWHERE ? `${list}-${current}` : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(null);
        }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" aria-label="Znalezione" className={classes.list}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are pressed in the box above, which keeps the focus
          <div
            key={hit.to}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={classes.option}
            onClick={() => leaveFor(hit)}
          >
            <Text span display="block" fw={600}>
              {hit.label}
            </Text>
            <Text span size="sm" c="dimmed">
              {hit.description}
            </Text>
          </div>
        ))}
      </div>
      <Text size="sm" c="dimmed" mt="xs" role="status">
        {isSearching ? "Szukam…" : hits.length === 0 ? "Nic nie pasuje. Spróbuj innego słowa." : ""}
      </Text>
    </>
  );
}
