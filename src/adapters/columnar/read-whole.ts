import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";

/** A small file is read before a thread of the pool would have begun. */
const SMALL_BYTES = 1 << 20;

/** A file in memory of its own, with the time of its last use (epoch milliseconds). */
export async function readWhole(path: string): Promise<{ buffer: ArrayBuffer; usedMs: number }> {
  const descriptor = openSync(path, "r");
  try {
    const { size, mtimeMs } = fstatSync(descriptor);
    if (size <= SMALL_BYTES) {
      const buffer = new ArrayBuffer(size);
      const bytes = readSync(descriptor, new Uint8Array(buffer));
      return { buffer: bytes === size ? buffer : buffer.slice(0, bytes), usedMs: mtimeMs };
    }
  } finally {
    closeSync(descriptor);
  }
  const file = await open(path);
  try {
    const { size, mtimeMs } = await file.stat();
    const buffer = new ArrayBuffer(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await file.read(new Uint8Array(buffer, filled));
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return { buffer: filled === size ? buffer : buffer.slice(0, filled), usedMs: mtimeMs };
  } finally {
    await file.close();
  }
}
