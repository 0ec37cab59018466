import { ActionIcon, Button, Group, Text } from "@mantine/core";
import { IconDownload, IconLayoutDistributeVertical, IconMaximize, IconMinus, IconPlus } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { saveAs } from "@/ui/saving";
import classes from "./Board.module.css";
import type { Drawing } from "./boardLayout";
import { pictureOf } from "./boardPicture";
import type { Draft } from "./draft";
import type { Vocabulary } from "./vocabulary";

interface BoardToolsProps {
  drawing: Drawing;
  draft: Draft;
  vocabulary: Vocabulary;
  /** The city has put cards where it wants them. */
  isPlaced: boolean;
  onArrange: () => void;
}

export function BoardTools({ drawing, draft, vocabulary, isPlaced, onArrange }: BoardToolsProps) {
  const flow = useReactFlow();
  return (
    <Group gap="xs" className={classes.tools} data-print="no">
      <ActionIcon.Group>
        <ActionIcon variant="default" size="lg" aria-label="Pomniejsz" onClick={() => void flow.zoomOut()}>
          <IconMinus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size="lg" aria-label="Powiększ" onClick={() => void flow.zoomIn()}>
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
      </ActionIcon.Group>
      <Button
        variant="default"
        leftSection={<IconMaximize size={18} aria-hidden />}
        onClick={() => void flow.fitView({ padding: 0.03 })}
      >
        Pokaż całość
      </Button>
      <Button
        variant="default"
        leftSection={<IconLayoutDistributeVertical size={18} aria-hidden />}
        disabled={!isPlaced}
        onClick={onArrange}
      >
        Ułóż po kolei
      </Button>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} aria-hidden />}
        onClick={() =>
          saveAs(`${draft.name || "Procedura"}.svg`, "image/svg+xml", pictureOf(drawing, draft, vocabulary))
        }
      >
        Pobierz rysunek (SVG)
      </Button>
      <Text size="sm" c="dimmed">
        Kartę przesuniesz myszą albo klawiszami Shift + strzałka.
      </Text>
    </Group>
  );
}
