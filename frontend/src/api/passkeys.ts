import { Problem } from "@/api/problem";

type Json = Record<string, unknown>;

/** Whether this browser can keep and use keys (WebAuthn), with their JSON forms. */
export const hasPasskeys = (): boolean =>
  typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

/** Makes a new key by the server's options; the answer is what the server wants back. Throws a Problem. */
export async function createPasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as unknown as PublicKeyCredentialCreationOptionsJSON,
  );
  return answerOf(() => navigator.credentials.create({ publicKey }));
}

/** Signs the server's challenge with a key that the person has. Throws a Problem. */
export async function takePasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as unknown as PublicKeyCredentialRequestOptionsJSON,
  );
  return answerOf(() => navigator.credentials.get({ publicKey }));
}

async function answerOf(ask: () => Promise<Credential | null>): Promise<Json> {
  const credential = await ask().catch((refusal: unknown) => {
    throw refused(refusal);
  });
  if (!(credential instanceof PublicKeyCredential)) {
    throw refused(null);
  }
  return credential.toJSON() as Json;
}

const refused = (refusal: unknown): Problem =>
  refusal instanceof DOMException && refusal.name === "InvalidStateError"
    ? new Problem(-1, "key_known", "Ten klucz jest już dodany do konta.")
    : new Problem(-1, "key_refused", "Przeglądarka nie użyła klucza: przerwano to albo minął czas. Spróbuj ponownie.");
