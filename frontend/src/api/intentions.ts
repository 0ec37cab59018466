const KEY = "Idempotency-Key";
const STILL_RUNNING = 409;
/** The server says how long to wait; this often it is asked again. */
const TRIES = 5;

/** Keys of what was sent and never answered, by method, address and body. */
const unanswered = new Map<string, string>();

/** 128 random bits; unlike `randomUUID` also where a city is served without TLS. */
const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function intentionOf(request: Request): Promise<string> {
  return `${request.method} ${request.url} ${await request.clone().text()}`;
}

/**
 * Sends a request. A POST bears a key that names its intention: a fresh one each time, but what was sent before and had no
 * answer (the network failed, a proxy gave up) is sent again under its first key, so that the server does it once.
 */
export async function sendOnce(request: Request): Promise<Response> {
  if (request.method !== "POST") {
    return fetch(request);
  }
  const intention = await intentionOf(request);
  const key = unanswered.get(intention) ?? freshKey();
  unanswered.delete(intention);
  request.headers.set(KEY, key);
  try {
    const response = await sendUntilDone(request);
    if (response.status >= 502) {
      unanswered.set(intention, key);
    }
    return response;
  } catch (failure) {
    unanswered.set(intention, key);
    throw failure;
  }
}

/** Where the first sending of the same still runs, the server is asked again for its answer. */
async function sendUntilDone(request: Request): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(request.clone());
    const seconds = Number(response.headers.get("Retry-After"));
    if (response.status !== STILL_RUNNING || seconds <= 0 || tries === TRIES) {
      return response;
    }
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}
