import { open } from "node:fs/promises";
import type { Layout } from "./layout.ts";
import { readText, unreadable } from "./read-text.ts";
import { RecordReader } from "./record-reader.ts";
import type { Table } from "./table.ts";

const LINE_FEED = 10;
const QUOTE = 34;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** Large enough that waiting for the disk costs nothing, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 1 << 20;
/** Room before a chunk for the line that the last one left unfinished. */
const LINE_BYTES = 1 << 16;
const SHORTEST_LINE = 8;

/**
 * Reads all records of a price file into one table per symbol. The file passes through two buffers: while one chunk
 * is read from the disk, the records of the other are. Files with quotes go through csv-parse, with the same result.
 * @throws FinAgentError DATA_INVALID naming file, line and text, DATA_UNREADABLE
 */
export async function readTables(path: string, layout: Layout): Promise<Map<string, Table>> {
  return (await readPlain(path, layout)) ?? readQuoted(await readText(path), path, layout);
}

/** The tables of a file without quotes; null where it has quotes, or a line that is longer than any record. */
async function readPlain(path: string, layout: Layout): Promise<Map<string, Table> | null> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  let reading: Promise<{ bytesRead: number }> | undefined;
  try {
    const { size } = await file.stat();
    const buffers = [0, 1].map(() => Buffer.allocUnsafe(LINE_BYTES + Math.min(size, CHUNK_BYTES) + 1));
    const next = (index: number): Promise<{ bytesRead: number }> => {
      const buffer = buffers[index];
      if (buffer === undefined) throw new RangeError(`no buffer ${index}`);
      return file.read(buffer, LINE_BYTES, buffer.length - LINE_BYTES - 1);
    };
    let reader: RecordReader | undefined;
    let unfinished = 0;
    reading = next(0);
    for (let index = 0; ; index = 1 - index) {
      const [buffer, other] = [buffers[index], buffers[1 - index]];
      if (buffer === undefined || other === undefined) throw new RangeError(`no buffer ${index}`);
      const { bytesRead } = await reading;
      let end = LINE_BYTES + bytesRead;
      let start = LINE_BYTES - unfinished;
      const last = bytesRead === 0;
      if (last) {
        if (unfinished === 0) break;
        buffer[end++] = LINE_FEED;
      } else {
        reading = next(1 - index);
      }
      if (buffer.subarray(LINE_BYTES, end).includes(QUOTE)) return null;
      const lines = last ? end : buffer.lastIndexOf(LINE_FEED, end - 1) + 1;
      unfinished = end - Math.max(lines, start);
      if (unfinished > LINE_BYTES) return null;
      buffer.copy(other, LINE_BYTES - unfinished, end - unfinished, end);
      if (lines <= start) continue;
      if (reader === undefined) {
        if (BYTE_ORDER_MARK.every((byte, i) => buffer[start + i] === byte)) start += BYTE_ORDER_MARK.length;
        reader = new RecordReader(layout, path, rowsIn(buffer.subarray(start, lines), size));
      }
      reader.addLines(buffer, start, lines);
      if (last) break;
    }
    return (reader ?? new RecordReader(layout, path, 0)).tables();
  } catch (cause) {
    throw cause instanceof Error && "syscall" in cause ? unreadable(path, cause) : cause;
  } finally {
    await reading?.catch(() => undefined);
    await file.close();
  }
}

/** About how many lines a file of a size has that begins with the given ones. */
function rowsIn(beginning: Uint8Array, size: number): number {
  let lines = 0;
  for (let at = beginning.indexOf(LINE_FEED); at >= 0; at = beginning.indexOf(LINE_FEED, at + 1)) lines += 1;
  const bytes = Math.max(SHORTEST_LINE, beginning.length / Math.max(1, lines));
  return Math.ceil((size / bytes) * 1.02) + 1;
}

/** Cells in quotes may hold delimiters and line feeds. */
async function readQuoted(text: string, path: string, layout: Layout): Promise<Map<string, Table>> {
  const { parse } = await import("csv-parse/sync");
  const reader = new RecordReader(layout, path, rowsIn(Buffer.from(text.slice(0, CHUNK_BYTES)), text.length));
  parse(text, {
    delimiter: layout.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    onRecord: (record: string[], { lines }) => {
      if (lines > layout.headerLines) reader.addText(record, lines);
      return null;
    },
  });
  return reader.tables();
}
