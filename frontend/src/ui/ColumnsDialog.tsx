import { ActionIcon, Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useState } from "react";
import { api } from "@/api/client";
import classes from "@/ui/ColumnsDialog.module.css";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Choosable, idsOf, type KeptViews, type Place, placesOf, VIEWS } from "@/ui/keptViews";

interface ColumnsDialogProps {
  list: string;
  columns: Choosable;
  kept: KeptViews;
  onClose: () => void;
}

/** Which columns a person sees, and in which order; kept in the chosen view, or for the list as it usually stands. */
export function ColumnsDialog({ list, columns, kept, onClose }: ColumnsDialogProps) {
  const [places, setPlaces] = useState(() => placesOf(columns, kept.columns));
  const keep = api.useMutation("post", VIEWS, { meta: { refreshes: [VIEWS] }, onSuccess: onClose });
  const { chosen } = kept;
  const move = (from: number, to: number) => {
    const next = [...places];
    next.splice(to, 0, ...next.splice(from, 1));
    setPlaces(next);
  };
  const show = (id: string, isShown: boolean) =>
    setPlaces(places.map((place) => (place.id === id ? { ...place, isShown } : place)));

  return (
    <ConfirmDialog
      isOpen
      title="Kolumny listy"
      confirmLabel="Zapisz kolumny"
      isWorking={keep.isPending}
      error={keep.error}
      onConfirm={() =>
        keep.mutate({
          body: {
            screen: list,
            name: chosen?.name ?? "",
            columns: isAsItComes(places, placesOf(columns, [])) ? [] : idsOf(places, kept.columns),
            ordering: chosen?.ordering ?? "",
            filters: chosen?.filters ?? {},
          },
        })
      }
      onClose={onClose}
    >
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {chosen ? `Dotyczy widoku „${chosen.name}”. ` : ""}Kolumna „{columns[0]?.header}” jest zawsze pierwsza. Plik
          xlsx bierze te same kolumny.
        </Text>
        <ul className={classes.list}>
          {places.map(({ id, header, isShown }, place) => (
            <li key={id} className={classes.place}>
              <Checkbox label={header} checked={isShown} onChange={(event) => show(id, event.currentTarget.checked)} />
              <Group gap={4} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  aria-label={`Przenieś wyżej: ${header}`}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                >
                  <IconArrowUp size={18} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  aria-label={`Przenieś niżej: ${header}`}
                  disabled={place === places.length - 1}
                  onClick={() => move(place, place + 1)}
                >
                  <IconArrowDown size={18} aria-hidden />
                </ActionIcon>
              </Group>
            </li>
          ))}
        </ul>
        <Button variant="subtle" onClick={() => setPlaces(placesOf(columns, []))}>
          Przywróć zwykły układ
        </Button>
      </Stack>
    </ConfirmDialog>
  );
}

const isAsItComes = (places: readonly Place[], usual: readonly Place[]): boolean =>
  places.every(({ id, isShown }, at) => id === usual[at]?.id && isShown === usual[at].isShown);
