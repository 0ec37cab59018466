import ELK, { type ElkNode, type ELK as Engine } from "elkjs/lib/elk-api";
import workerUrl from "elkjs/lib/elk-worker.min.js?url";

let engine: { elk: Engine; broken: Promise<never> } | null = null;

function started() {
  let fail: (reason: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => undefined); // told to each asking, below
  const elk = new ELK({
    workerUrl,
    workerFactory: (url) => {
      const worker = new Worker(url ?? workerUrl);
      worker.onerror = () => fail(new Error("The layout engine could not be loaded."));
      return worker;
    },
  });
  return { elk, broken };
}

/** The graph with places; ELK works in a thread of its own, for a big procedure takes it a second. */
export async function arranged(graph: ElkNode): Promise<ElkNode> {
  engine ??= started();
  try {
    return await Promise.race([engine.elk.layout(graph), engine.broken]);
  } catch (failure) {
    engine = null; // the next asking begins anew
    throw failure;
  }
}
