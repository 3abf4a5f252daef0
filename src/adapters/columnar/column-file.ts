import { crc32 } from "node:zlib";
import { z } from "zod";

/** Columns that a file can hold. */
export type StoredColumn = Float64Array | Int32Array;

/** What a file holds beside its columns: JSON. */
export interface ColumnFile<M> {
  readonly meta: M;
  readonly columns: readonly StoredColumn[];
}

/**
 * "FINACOL" and the version of this format, the CRC-32 of all that follows, the header's length, the file's length
 * (four, four and eight bytes). Then the header as JSON and the columns, each on a multiple of eight bytes.
 * Numbers are little-endian, as on every machine that Node.js runs on but IBM's mainframes.
 */
const MAGIC = Buffer.from("FINACOL1");
const FIXED_BYTES = 24;
const CHECKED_FROM = 12;
const ALIGNMENT = 8;

/** A column of equal values holds one of them, an ascending one of whole numbers in steps of one the first. */
const storedSchema = z.object({
  type: z.enum(["f64", "i32"]),
  as: z.enum(["values", "constant", "sequence"]),
  length: z.int().min(0),
  offset: z.int().min(0),
});

type Stored = z.output<typeof storedSchema>;

const headerSchema = z.object({ meta: z.unknown(), columns: z.array(storedSchema) });

/** The parts of a file, in order; columns are not copied. */
export function encodeColumns({ meta, columns }: ColumnFile<unknown>): Uint8Array[] {
  const stored: Stored[] = [];
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const column of columns) {
    const as = isConstant(column) ? "constant" : isSequence(column) ? "sequence" : "values";
    const kept = as === "values" ? column : column.subarray(0, 1);
    const bytes = new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength);
    const padding = padded(bytes.length) - bytes.length;
    parts.push(bytes, new Uint8Array(padding));
    stored.push({
      type: column instanceof Int32Array ? "i32" : "f64",
      as,
      length: column.length,
      offset,
    });
    offset += bytes.length + padding;
  }
  const text = JSON.stringify({ meta, columns: stored });
  const length = padded(Buffer.byteLength(text));
  const header = Buffer.alloc(length, " ");
  header.write(text);
  const fixed = Buffer.alloc(FIXED_BYTES);
  MAGIC.copy(fixed);
  fixed.writeUInt32LE(length, CHECKED_FROM);
  fixed.writeDoubleLE(FIXED_BYTES + length + offset, 16);
  fixed.writeUInt32LE(checksum([fixed.subarray(CHECKED_FROM), header, ...parts]), 8);
  return [fixed, header, ...parts];
}

/** What a file holds; null where it is cut short, damaged, of another format or of another `meta`. */
export function decodeColumns<M extends z.ZodType>(
  buffer: ArrayBuffer,
  metaSchema: M,
): ColumnFile<z.output<M>> | null {
  const bytes = Buffer.from(buffer);
  if (bytes.length < FIXED_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  if (bytes.readDoubleLE(16) !== bytes.length) return null;
  if (checksum([bytes.subarray(CHECKED_FROM)]) !== bytes.readUInt32LE(8)) return null;
  const start = FIXED_BYTES + bytes.readUInt32LE(CHECKED_FROM);
  const header = headerSchema.safeParse(JSON.parse(bytes.toString("utf8", FIXED_BYTES, start)));
  const meta = metaSchema.safeParse(header.data?.meta);
  if (!header.success || !meta.success) return null;
  return { meta: meta.data, columns: header.data.columns.map((one) => columnOf(buffer, start, one)) };
}

function columnOf(buffer: ArrayBuffer, start: number, { type, as, length, offset }: Stored): StoredColumn {
  const kept = as === "values" ? length : Math.min(1, length);
  const column =
    type === "i32"
      ? new Int32Array(buffer, start + offset, kept)
      : new Float64Array(buffer, start + offset, kept);
  if (as === "values") return column;
  const first = column[0] ?? 0;
  const whole = type === "i32" ? new Int32Array(length) : new Float64Array(length);
  // A fresh column is 0 throughout already.
  if (as === "constant") return Object.is(first, 0) ? whole : whole.fill(first);
  for (let i = 0; i < length; i++) whole[i] = first + i;
  return whole;
}

function isConstant(column: StoredColumn): boolean {
  const first = column[0];
  for (let i = 1; i < column.length; i++) {
    if (!Object.is(column[i], first)) return false;
  }
  return true;
}

function isSequence(column: StoredColumn): boolean {
  if (!(column instanceof Int32Array)) return false;
  const first = column[0] ?? 0;
  for (let i = 1; i < column.length; i++) {
    if (column[i] !== first + i) return false;
  }
  return true;
}

function checksum(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => crc32(part, sum), 0);
}

function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
