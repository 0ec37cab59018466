/** Has the browser save what was made on the screen; what the server makes is a `DownloadButton`. */
export function saveAs(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has to begin before the address is taken away.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
