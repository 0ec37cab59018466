import { Button, Menu, Stack, Text, TextInput } from "@mantine/core";
import { IconBookmark, IconCheck, IconColumns3 } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import { ColumnsDialog } from "@/ui/ColumnsDialog";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Choosable, type KeptView, type KeptViews, VIEWS } from "@/ui/keptViews";
import { notifyDone, notifyRefused } from "@/ui/notify";
import type { TableState } from "@/ui/tableView";

interface ListToolsProps {
  list: string;
  columns: Choosable;
  kept: KeptViews;
  view: TableState;
  /** All rows are here and nothing narrows them, so there is no view to keep. */
  isWhole: boolean;
}

/** A keeping or a removal changes only what this person is shown of lists. */
export const REFRESHES = { refreshes: [VIEWS] } as const;

/** How this person looks at a list: which columns, and what was kept under a name. */
export function ListTools({ list, columns, kept, view, isWhole }: ListToolsProps) {
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        leftSection={<IconColumns3 size={18} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setChoosing(true)}
      >
        Kolumny
      </Button>
      {isChoosing && <ColumnsDialog list={list} columns={columns} kept={kept} onClose={() => setChoosing(false)} />}
      {!isWhole && <Views list={list} kept={kept} view={view} />}
    </>
  );
}

function Views({ list, kept, view }: Pick<ListToolsProps, "list" | "kept" | "view">) {
  const { views, chosen } = kept;
  const [isNaming, setNaming] = useState(false);
  const forget = api.useMutation("delete", "/api/v1/accounts/account/views/{id}/", {
    meta: REFRESHES,
    onSuccess: () => view.show(null),
    onError: notifyRefused,
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal shadow="md" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="subtle" leftSection={<IconBookmark size={18} aria-hidden />} loading={forget.isPending}>
            {chosen ? `Widok: ${chosen.name}` : "Widoki"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label="Widoki">
          {views.map((one) => (
            <ViewItem key={one.id} view={one} isChosen={one.id === chosen?.id} onChoose={() => view.show(one)} />
          ))}
          {chosen && <Menu.Item onClick={() => view.show(null)}>Wróć do całej listy</Menu.Item>}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={() => setNaming(true)}>Zapisz widok…</Menu.Item>
          {chosen && (
            <Menu.Item onClick={() => forget.mutate({ params: { path: { id: chosen.id } } })}>
              Usuń widok „{chosen.name}”
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isNaming && <NameDialog list={list} kept={kept} view={view} onClose={() => setNaming(false)} />}
    </>
  );
}

function ViewItem({ view, isChosen, onChoose }: { view: KeptView; isChosen: boolean; onChoose: () => void }) {
  return (
    <Menu.Item
      aria-current={isChosen || undefined}
      rightSection={isChosen && <IconCheck size={16} aria-hidden />}
      onClick={onChoose}
    >
      {view.name}
    </Menu.Item>
  );
}

/** Keeps filters, order and columns as they stand, under a name; the same name takes the old one's place. */
function NameDialog({
  list,
  kept,
  view,
  onClose,
}: Pick<ListToolsProps, "list" | "kept" | "view"> & { onClose: () => void }) {
  const [name, setName] = useState(kept.chosen?.name ?? "");
  const keep = api.useMutation("post", VIEWS, {
    meta: { ...REFRESHES, isRereadFirst: true },
    onSuccess: (made) => {
      view.show(made);
      notifyDone(`Zapisano widok „${made.name}”.`);
      onClose();
    },
  });
  const isTaken = kept.views.some((one) => one.name === name.trim());
  return (
    <ConfirmDialog
      isOpen
      title="Zapisać widok listy?"
      confirmLabel={isTaken ? "Zapisz zmiany" : "Zapisz widok"}
      isWorking={keep.isPending}
      isReady={name.trim() !== ""}
      error={keep.error}
      onConfirm={() =>
        keep.mutate({ body: { screen: list, name: name.trim(), columns: [...kept.columns], ...view.standing } })
      }
      onClose={onClose}
    >
      <Stack>
        <Text>Zapisują się wyszukiwane słowa, filtry, kolejność i kolumny, tak jak są teraz. Widzisz go tylko Ty.</Text>
        <TextInput
          label="Nazwa widoku"
          placeholder="np. Moje po terminie"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          description={isTaken ? "Masz już widok o tej nazwie. Ten go zastąpi." : undefined}
          data-autofocus
        />
      </Stack>
    </ConfirmDialog>
  );
}
