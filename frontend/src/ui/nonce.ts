import { setNonce } from "get-nonce";

/** The nonce of the content security policy that the server put into the page; empty where there is none. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";

/** Gives the nonce to react-remove-scroll (behind Mantine's dialogs), which makes a <style> of its own. */
export function shareNonce(): void {
  const nonce = styleNonce();
  if (nonce) {
    setNonce(nonce);
  }
}
