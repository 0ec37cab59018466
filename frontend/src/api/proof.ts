type Listener = () => void;

const listeners = new Set<Listener>();
let settle: ((isProved: boolean) => void) | null = null;
let asked: Promise<boolean> | null = null;

const tell = () => {
  for (const listener of listeners) {
    listener();
  }
};

/**
 * The server wants the password or a factor once more before it does what was asked. One dialog answers for everything
 * that waits meanwhile; shaped for useSyncExternalStore.
 */
export const proof = {
  /** Whether the person has proved it; false when they gave up. */
  ask: (): Promise<boolean> => {
    if (!asked) {
      asked = new Promise((resolve) => {
        settle = resolve;
      });
      tell();
    }
    return asked;
  },
  answer: (isProved: boolean) => {
    settle?.(isProved);
    settle = asked = null;
    tell();
  },
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  isAsked: () => asked !== null,
};
