import { Alert, Button, Loader, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { MiniMap, type Node, type NodeChange, ReactFlow, ReactFlowProvider } from "@xyflow/react";
import { useRef, useState } from "react";
import "@xyflow/react/dist/base.css";
import classes from "./Board.module.css";
import { BoardCard, BoardLabel, BoardLine, type CardNode, type LabelNode } from "./BoardParts";
import { BoardTools } from "./BoardTools";
import { inOrder, withMoved } from "./boardLayout";
import { type BoardProps, type DrawnProps, edgesOf, type Moving, nodesOf } from "./boardNodes";
import { hasPlaces } from "./draft";
import { useDrawing } from "./useDrawing";

const NODES = { card: BoardCard, label: BoardLabel };
const EDGES = { line: BoardLine };
const LEAST_ZOOM = 0.2;
const MOST_ZOOM = 2;
/** A wide procedure is not drawn smaller than this at first: its words have to be read. */
const READABLE = 0.7;

/** The procedure as a drawing: stages as cards, transitions as arrows. The same thing as the outline, for the eye. */
export function Board(props: BoardProps) {
  const { draft } = props;
  const { drawing, hasFailed, again } = useDrawing(draft);
  if (draft.stages.length === 0) {
    return (
      <section className={classes.waiting} aria-label="Tablica: etapy i przejścia">
        <Text c="dimmed">Nie ma jeszcze etapów. Zacznij od „Dodaj etap”: pierwszym jest zwykle złożenie wniosku.</Text>
      </section>
    );
  }
  if (hasFailed) {
    return (
      <Alert color="caution" role="alert" title="Nie udało się ułożyć tablicy">
        <Text c="var(--mantine-color-text)" mb="sm">
          Wszystko, co pokazuje tablica, jest też w zakładce „Spis etapów” i można to tam zmieniać.
        </Text>
        <Button variant="default" onClick={again}>
          Ułóż jeszcze raz
        </Button>
      </Alert>
    );
  }
  if (!drawing) {
    return (
      <section className={classes.waiting} aria-label="Tablica: etapy i przejścia" aria-busy>
        <Loader aria-label="Układanie tablicy" />
      </section>
    );
  }
  return (
    <ReactFlowProvider>
      <Drawn {...props} drawing={drawing} />
    </ReactFlowProvider>
  );
}

function Drawn(props: DrawnProps) {
  const { draft, drawing, vocabulary, onArrange } = props;
  const frame = useRef<HTMLElement>(null);
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [moving, setMoving] = useState<Moving | null>(null);
  const nodes = nodesOf(props, moving);
  const edges = edgesOf(props, moving?.stage ?? null);

  const follow = (changes: readonly NodeChange<CardNode | LabelNode>[]) => {
    for (const change of changes) {
      if (change.type === "position" && change.dragging && change.position) {
        setMoving({ stage: change.id, place: change.position });
      }
    }
  };
  const drop = ({ id, position }: Node) => {
    setMoving(null);
    onArrange(withMoved(draft, drawing, id, position), "przesunięcie etapu");
  };

  return (
    <div>
      <BoardTools
        drawing={drawing}
        draft={draft}
        vocabulary={vocabulary}
        isPlaced={hasPlaces(draft)}
        onArrange={() => onArrange(inOrder(draft), "ułożenie")}
      />
      <section className={classes.frame} aria-label="Tablica: etapy i przejścia" ref={frame}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODES}
          edgeTypes={EDGES}
          onNodesChange={follow}
          onNodeDragStop={(_, node) => drop(node)}
          onInit={(flow) => {
            const room = frame.current?.clientWidth ?? drawing.width;
            const zoom = Math.min(1, Math.max(READABLE, room / drawing.width));
            // What does not fit begins with the first stage in sight.
            const first = drawing.cards.values().next().value;
            const middle = drawing.width * zoom > room && first ? first.x + first.width / 2 : drawing.width / 2;
            void flow.setViewport({ x: room / 2 - middle * zoom, y: 0, zoom });
          }}
          minZoom={LEAST_ZOOM}
          maxZoom={MOST_ZOOM}
          // The wheel belongs to the page; with Ctrl, or with two fingers, it draws nearer.
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          nodeDragThreshold={5}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
          aria-label="Rysunek procedury"
        >
          {!isNarrow && (
            <MiniMap
              className={classes.minimap}
              ariaLabel="Miniatura tablicy"
              pannable
              nodeClassName={({ type }) => (type === "card" ? (classes.mini ?? "") : (classes.hidden ?? ""))}
            />
          )}
        </ReactFlow>
      </section>
    </div>
  );
}
