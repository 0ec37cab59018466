import { asProblem } from "@/api/problem";
import type { Answer, Answers } from "@/ui/filling/definition";
import type { Projection } from "@/ui/filling/projection";

const PAUSE_MS = 800;
const RETRIES_MS = [3_000, 10_000, 30_000, 60_000] as const;
const MOST_MERGES = 4;

/** What the server has: the newest answers and what it makes of them. */
export interface SheetNow {
  answers: Answers;
  draft_version: number;
  projection: Projection;
}

export interface Server {
  save: (changes: Answers, draftVersion: number) => Promise<Omit<SheetNow, "answers">>;
  /** The newest state of the sheet; for when somebody else has changed it. */
  read: () => Promise<SheetNow>;
}

/** Changes that have not reached the server, with the answers that they began from. */
export interface Unsent {
  changes: Answers;
  base: Answers;
}

/** Where unsent changes outlive the page. */
export interface Shelf {
  read: () => Unsent | null;
  write: (unsent: Unsent | null) => void;
}

/** Two people answered the same question; one of the answers has to be chosen. */
export interface Clash {
  key: string;
  mine: Answer;
  theirs: Answer;
}

export type Saving =
  | "clean"
  | "waiting"
  | "saving"
  | "saved"
  /** No connection: the changes are kept here and sent when it is back. */
  | "offline"
  /** Somebody else has answered the same questions. */
  | "clash"
  /** The sheet is no longer what it was: it has to be read anew. */
  | "stale"
  | "refused";

export interface SheetState {
  answers: Answers;
  projection: Projection;
  saving: Saving;
  /** Why the last attempt failed. */
  error: unknown;
  clashes: readonly Clash[];
  /** How many answers the server has not got yet. */
  unsent: number;
}

const same = (one: Answer | undefined, other: Answer | undefined): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Refusals after which the sheet has to be read again: it was handed in, or moved to another revision. */
const STALE = new Set(["sheet_moved_meanwhile", "sheet_closed"]);

/**
 * Keeps the answers of one sheet safe. A change is kept in the browser at once and sent after a pause, only the changed
 * questions, one request at a time. Without a connection it waits and tries again; where somebody else has changed the
 * same answer, both are shown and the person chooses.
 */
export class SheetKeeper {
  private now: SheetState;
  private serverAnswers: Answers;
  private version: number;
  private pending: Record<string, Answer> = {};
  private base: Record<string, Answer> = {};
  /** What this page sent last of each question: its own answer, should the server's „saved” have been lost. */
  private sent: Record<string, Answer> = {};
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    loaded: SheetNow,
    private readonly server: Server,
    private readonly shelf: Shelf,
  ) {
    this.serverAnswers = loaded.answers;
    this.version = loaded.draft_version;
    const kept = shelf.read();
    this.pending = { ...kept?.changes };
    this.base = { ...kept?.base };
    const clashes = this.reconcile();
    this.now = {
      answers: { ...loaded.answers, ...this.pending },
      projection: loaded.projection,
      saving: clashes.length > 0 ? "clash" : this.isDirty ? "waiting" : "clean",
      error: null,
      clashes,
      unsent: Object.keys(this.pending).length,
    };
  }

  get state(): SheetState {
    return this.now;
  }

  get isDirty(): boolean {
    return Object.keys(this.pending).length > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Begins to send what an earlier visit left unsent. */
  start(): void {
    window.addEventListener("online", this.hurry);
    if (this.isDirty && this.now.saving === "waiting") {
      this.sendAfter(0);
    }
  }

  /** Sends what is left, without waiting; what does not get through stays on the shelf. */
  stop(): void {
    window.removeEventListener("online", this.hurry);
    this.clearTimer();
    if (this.isDirty && this.now.clashes.length === 0) {
      this.flush().catch(() => undefined); // kept on the shelf, sent at the next visit
    }
  }

  change(key: string, answer: Answer): void {
    if (!(key in this.pending)) {
      this.base[key] = this.serverAnswers[key] ?? null;
    }
    this.pending[key] = answer;
    this.keep();
    this.tell({
      answers: { ...this.now.answers, [key]: answer },
      saving: this.now.saving === "saving" || this.now.saving === "clash" ? this.now.saving : "waiting",
    });
    this.sendAfter(PAUSE_MS);
  }

  /** Chooses one of two answers to the same question. When all are chosen, saving goes on. */
  choose(key: string, whose: "mine" | "theirs"): void {
    const clash = this.now.clashes.find((one) => one.key === key);
    if (!clash) {
      return;
    }
    if (whose === "theirs") {
      delete this.pending[key];
      delete this.base[key];
    } else {
      this.base[key] = clash.theirs;
    }
    this.keep();
    const clashes = this.now.clashes.filter((one) => one !== clash);
    this.tell({
      answers: { ...this.now.answers, [key]: whose === "mine" ? clash.mine : clash.theirs },
      clashes,
      ...(clashes.length === 0 && { saving: this.isDirty ? "waiting" : "saved" }),
    });
    if (clashes.length === 0) {
      this.sendAfter(0);
    }
  }

  /** Sends everything now; resolves when the server has it all, rejects with the refusal. */
  async flush(): Promise<void> {
    this.clearTimer();
    for (let merges = 0; this.isDirty || this.running; ) {
      if (this.running) {
        await this.running;
        continue;
      }
      if (this.now.clashes.length > 0) {
        throw this.now.error;
      }
      this.running = this.send().finally(() => {
        this.running = null;
      });
      try {
        await this.running;
      } catch (reason) {
        if (asProblem(reason).status !== 409 || merges >= MOST_MERGES || !(await this.merge(reason))) {
          throw this.failed(reason);
        }
        merges += 1;
      }
    }
  }

  private async send(): Promise<void> {
    const batch = { ...this.pending };
    this.tell({ saving: "saving" });
    this.sent = { ...this.sent, ...batch };
    const saved = await this.server.save(batch, this.version);
    this.version = saved.draft_version;
    this.serverAnswers = { ...this.serverAnswers, ...batch };
    for (const [key, answer] of Object.entries(batch)) {
      if (this.pending[key] === answer) {
        delete this.pending[key];
        delete this.base[key];
      } else {
        this.base[key] = answer;
      }
    }
    this.failures = 0;
    this.keep();
    this.tell({ projection: saved.projection, saving: this.isDirty ? "waiting" : "saved", error: null });
  }

  /** After a refusal because of somebody else's change: takes theirs in where they differ. True when sending may go on. */
  private async merge(refusal: unknown): Promise<boolean> {
    if (STALE.has(asProblem(refusal).code)) {
      return false;
    }
    const { answers, draft_version, projection } = await this.server.read();
    this.serverAnswers = answers;
    this.version = draft_version;
    const clashes = this.reconcile();
    this.keep();
    this.tell({ answers: { ...answers, ...this.pending }, projection, clashes, error: refusal });
    return clashes.length === 0;
  }

  /** Drops what the server has already, and finds what was answered by both sides differently. */
  private reconcile(): Clash[] {
    const clashes: Clash[] = [];
    for (const [key, mine] of Object.entries(this.pending)) {
      const theirs = this.serverAnswers[key] ?? null;
      if (same(theirs, mine)) {
        delete this.pending[key];
        delete this.base[key];
      } else if (!same(theirs, this.base[key]) && !(key in this.sent && same(theirs, this.sent[key]))) {
        clashes.push({ key, mine, theirs });
      }
    }
    return clashes;
  }

  private failed(reason: unknown): unknown {
    const problem = asProblem(reason);
    if (this.now.clashes.length > 0) {
      this.tell({ saving: "clash" });
    } else if (STALE.has(problem.code)) {
      this.tell({ saving: "stale", error: reason });
    } else if (problem.isPassing || problem.status === 401) {
      const pause = RETRIES_MS[Math.min(this.failures, RETRIES_MS.length - 1)] ?? PAUSE_MS;
      this.failures += 1;
      this.tell({ saving: "offline", error: reason });
      this.sendAfter(pause);
    } else {
      this.tell({ saving: "refused", error: reason });
    }
    return reason;
  }

  private readonly hurry = () => {
    if (this.isDirty && this.now.saving === "offline") {
      this.sendAfter(0);
    }
  };

  private sendAfter(pause: number): void {
    this.clearTimer();
    this.timer = setTimeout(() => {
      this.flush().catch(() => undefined); // told through the state
    }, pause);
  }

  private clearTimer(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  private keep(): void {
    this.shelf.write(this.isDirty ? { changes: this.pending, base: this.base } : null);
  }

  private tell(changes: Partial<SheetState>): void {
    this.now = { ...this.now, ...changes, unsent: Object.keys(this.pending).length };
    for (const listener of this.listeners) {
      listener();
    }
  }
}
