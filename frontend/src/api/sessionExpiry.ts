type Listener = () => void;

const listeners = new Set<Listener>();
let expired = false;

const tell = () => {
  for (const listener of listeners) {
    listener();
  }
};

/** Whether the server has stopped recognising the person who works; shaped for useSyncExternalStore. */
export const sessionExpiry = {
  announce: () => {
    expired = true;
    tell();
  },
  end: () => {
    expired = false;
    tell();
  },
  subscribe: (listener: Listener) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  isExpired: () => expired,
};
