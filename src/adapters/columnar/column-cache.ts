import { createHash, randomUUID } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, writev } from "node:fs";
import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { type ColumnFile, decodeColumns, encodeColumns } from "./column-file.ts";
import { readWhole } from "./read-whole.ts";

/** What is kept; the files that were not used for longest go first. */
const MOST_BYTES = 2 * 1024 ** 3;
const UNFINISHED_MS = 3_600_000;
const USED_MS = 3_600_000;
const EXTENSION = ".columns";
const UNFINISHED = ".unfinished";

const envelopeSchema = z.object({ identity: z.string(), version: z.int(), value: z.unknown() });

const writeParts = promisify(writev);

/** How a value becomes columns and back. */
export interface Codec<T> {
  /** Changes when equal sources would give other columns. */
  readonly version: number;
  /** Null where the value is not to be kept. */
  encode(value: T): ColumnFile<unknown> | null;
  /** Null where the columns are none that `encode` makes. */
  decode(file: ColumnFile<unknown>): T | null;
}

/**
 * Costly columns in files of a folder, one for each source file. What is read is what was written, or nothing: a
 * source that changed, and a file that is cut short or damaged, are as if never kept. Any number of processes may
 * share the folder. A folder that cannot be written is a cache that keeps nothing, and says why.
 */
export class ColumnCache {
  readonly folder: string;
  readonly #mostBytes: number;
  #fault: string | null = null;
  #bytes: number | undefined;

  constructor(folder: string, mostBytes: number = MOST_BYTES) {
    this.folder = folder;
    this.#mostBytes = mostBytes;
  }

  /** Why nothing was kept, where that failed. */
  get fault(): string | null {
    return this.#fault;
  }

  /** What was kept for a source in the state that `identity` tells. */
  async get<T>(source: string, identity: string, codec: Codec<T>): Promise<T | null> {
    try {
      const path = this.#pathOf(source);
      const { buffer, usedMs } = await readWhole(path);
      const file = decodeColumns(buffer, envelopeSchema);
      if (file === null || file.meta.identity !== identity || file.meta.version !== codec.version)
        return null;
      const now = new Date();
      if (now.getTime() - usedMs > USED_MS) await utimes(path, now, now).catch(() => undefined);
      return codec.decode({ meta: file.meta.value, columns: file.columns });
    } catch {
      // Whatever is wrong with it, the source is there.
      return null;
    }
  }

  /** Keeps a value; that it cannot be is no error. The columns are written while the caller goes on. */
  async put<T>(source: string, identity: string, codec: Codec<T>, value: T): Promise<void> {
    const file = codec.encode(value);
    if (file === null) return;
    const meta = { identity, version: codec.version, value: file.meta };
    const parts = encodeColumns({ meta, columns: file.columns });
    const path = this.#pathOf(source);
    const unfinished = `${path}.${process.pid}.${randomUUID()}${UNFINISHED}`;
    try {
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      mkdirSync(this.folder, { recursive: true });
      const descriptor = openSync(unfinished, "wx");
      try {
        const { bytesWritten } = await writeParts(descriptor, parts);
        if (bytesWritten !== bytes) throw new Error(`${bytesWritten} of ${bytes} bytes were written`);
      } finally {
        closeSync(descriptor);
      }
      renameSync(unfinished, path);
      await this.#makeRoom(bytes, path);
    } catch (cause) {
      this.#fault = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  #pathOf(source: string): string {
    const name = createHash("sha256").update(resolve(source)).digest("hex").slice(0, 32);
    return join(this.folder, `${name}${EXTENSION}`);
  }

  async #makeRoom(added: number, newest: string): Promise<void> {
    if (this.#bytes !== undefined && this.#bytes + added <= this.#mostBytes) {
      this.#bytes += added;
      return;
    }
    const files: { path: string; size: number; usedMs: number }[] = [];
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) continue;
      if (name.endsWith(EXTENSION)) files.push({ path, size: found.size, usedMs: found.mtimeMs });
      // What a process left behind that did not come to its end.
      else if (name.endsWith(UNFINISHED) && Date.now() - found.mtimeMs > UNFINISHED_MS)
        await rm(path, { force: true });
    }
    let bytes = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files.sort((a, b) => a.usedMs - b.usedMs)) {
      if (bytes <= this.#mostBytes) break;
      if (path === newest) continue;
      await rm(path, { force: true });
      bytes -= size;
    }
    this.#bytes = bytes;
  }
}
