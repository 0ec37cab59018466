import { bodyOf, csrfToken, http, type Schemas } from "@/api/client";
import { noConnection, toProblem } from "@/api/problem";

export type StoredFile = Schemas["FileOut"];
type Slot = Schemas["UploadOut"];

/** Sends the bytes with progress (a share from 0 to 1), which fetch cannot report. */
function put(slot: Slot, file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const target = new URL(slot.url, window.location.origin);
    request.open(slot.method, target);
    for (const [name, value] of Object.entries(slot.headers)) {
      request.setRequestHeader(name, value);
    }
    if (target.origin === window.location.origin) {
      request.setRequestHeader("X-CSRFToken", csrfToken());
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) {
        onProgress(event.loaded / event.total);
      }
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve();
        return;
      }
      reject(toProblem(request.status, parsed(request.responseText)));
    };
    request.onerror = () => reject(noConnection());
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Between two looks at a file that is being checked, in milliseconds. */
const LOOK_AGAIN = 700;

const pause = (signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, LOOK_AGAIN);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("Aborted", "AbortError"));
    });
  });

/**
 * Stores a file in the two steps of the server: a slot is asked for, the bytes go straight to storage, the server
 * finishes (size, sum, sniffed type). Where it has them scanned for malware, nobody has the file before that is done:
 * `onCheck` hears of it, with the sentence that holds it up. Throws the Problem of whichever step refused.
 */
export async function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
  onCheck: (heldUp: string) => void = () => {},
): Promise<StoredFile> {
  const slot = bodyOf(
    await http.POST("/api/v1/files/uploads/", { body: { name: file.name, size: file.size }, signal }),
  );
  await put(slot, file, onProgress, signal);
  const params = { path: { id: slot.id } };
  let stored = bodyOf(await http.POST("/api/v1/files/uploads/{id}/finish/", { params, signal }));
  while (stored.is_checked === false) {
    onCheck(stored.held_up);
    await pause(signal);
    stored = bodyOf(await http.GET("/api/v1/files/uploads/{id}/", { params, signal }));
  }
  return stored;
}
