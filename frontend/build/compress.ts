/** Puts a gzip and a brotli copy beside each file that gets smaller by it; the server gives them out as they are. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TEXT = /\.(js|css|svg|json)$/;

export function compress(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !TEXT.test(entry.name)) {
      continue;
    }
    const path = join(entry.parentPath, entry.name);
    const plain = readFileSync(path);
    for (const [ending, copy] of [
      [".gz", gzipSync(plain, { level: 9 })],
      [".br", brotliCompressSync(plain)],
    ] as const) {
      if (copy.length < plain.length) {
        writeFileSync(path + ending, copy);
      }
    }
  }
}
