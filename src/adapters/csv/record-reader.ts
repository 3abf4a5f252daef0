import { FinAgentError } from "../../domain/errors.ts";
import type { Layout } from "./layout.ts";
import { NumberReader } from "./number-reader.ts";
import { stampInBytes } from "./stamp-bytes.ts";
import { readStamp } from "./stamp-reader.ts";
import { TableBuilder } from "./table-builder.ts";
import type { Table } from "./table.ts";

const [LINE_FEED, RETURN] = [10, 13];
/** What a cell of a record holds; cells of no kind are passed over. */
const [NUMBER, TIME] = [1, 2];

/** Turns the records of a price file into one table per symbol, as lines of bytes without quotes or as text. */
export class RecordReader {
  readonly #layout: Layout;
  readonly #file: string;
  readonly #builders: readonly (readonly [string, TableBuilder])[];
  readonly #kinds: Uint8Array;
  readonly #values: Float64Array;
  readonly #numbers = new NumberReader();
  readonly #stamp = { wall: NaN, offset: NaN };
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #line = 0;

  /** @param rows about how many records there are */
  constructor(layout: Layout, file: string, rows: number) {
    this.#layout = layout;
    this.#file = file;
    this.#builders = [...layout.series].map(([symbol, cells]) => [
      symbol,
      new TableBuilder(layout, cells, rows),
    ]);
    this.#values = new Float64Array(layout.headers.length);
    this.#kinds = new Uint8Array(layout.headers.length);
    for (const [, { cells }] of this.#builders) {
      for (const cell of cells) this.#kinds[cell] = NUMBER;
    }
    this.#kinds[layout.time] = TIME;
  }

  /**
   * Reads whole lines: bytes[to - 1] is a line feed. A record of plain numbers is read as bytes, any other as text.
   * @throws FinAgentError DATA_INVALID naming file, line and text where a time cannot be read
   */
  addLines(bytes: Uint8Array, from: number, to: number): void {
    const { headerLines } = this.#layout;
    let start = from;
    while (start < to) {
      this.#line += 1;
      if (this.#line > headerLines) {
        const end = this.#addPlain(bytes, start);
        if (end >= 0) {
          start = end + 1;
          continue;
        }
      }
      const stop = bytes.indexOf(LINE_FEED, start);
      const cut = stop > start && bytes[stop - 1] === RETURN ? stop - 1 : stop;
      if (this.#line > headerLines && cut > start) {
        const text = this.#decoder.decode(bytes.subarray(start, cut));
        this.addText(text.split(this.#layout.delimiter), this.#line);
      }
      start = stop + 1;
    }
  }

  /**
   * A cell without a number becomes NaN and a fault, for the checks to judge; only a time that cannot be read is
   * refused here.
   * @throws FinAgentError DATA_INVALID naming file, line and text
   */
  addText(cells: readonly string[], line: number): void {
    const layout = this.#layout;
    const date = (cells[layout.time] ?? "").trim();
    const shown = layout.timeOfDay === null ? date : `${date} ${(cells[layout.timeOfDay] ?? "").trim()}`;
    if (!readStamp(shown, this.#stamp)) {
      throw new FinAgentError("DATA_INVALID", `${this.#file} line ${line}: "${shown}" is no date or time.`, {
        hint: "Write dates as YYYY-MM-DD and times as YYYY-MM-DD HH:MM, with an offset where possible.",
        details: { file: this.#file, line, column: layout.headers[layout.time] ?? "", text: shown },
      });
    }
    const { wall, offset } = this.#stamp;
    for (const [, builder] of this.#builders) builder.addText(cells, line, wall, offset);
  }

  tables(): Map<string, Table> {
    return new Map(this.#builders.map(([symbol, builder]) => [symbol, builder.build()]));
  }

  /** Where the line ends that was read as a record of plain numbers; -1, and nothing added, where it is none. */
  #addPlain(bytes: Uint8Array, start: number): number {
    const kinds = this.#kinds;
    const values = this.#values;
    const numbers = this.#numbers;
    const stamp = this.#stamp;
    const { delimiter, timeOfDay } = this.#layout;
    if (timeOfDay !== null) return -1;
    const separator = delimiter.charCodeAt(0);
    let p = start;
    for (let cell = 0; cell < kinds.length; cell++) {
      const kind = kinds[cell];
      if (kind === NUMBER) {
        values[cell] = numbers.read(bytes, p);
        p = numbers.next;
        if (p < 0) return -1;
      } else if (kind === TIME) {
        p = stampInBytes(bytes, p, stamp);
        if (p < 0) return -1;
      } else {
        for (let byte = bytes[p]; byte !== separator && byte !== LINE_FEED; byte = bytes[p]) p += 1;
      }
      if (bytes[p] === separator && cell < kinds.length - 1) p += 1;
      else if (cell < kinds.length - 1) return -1;
    }
    if (bytes[p] === RETURN) p += 1;
    if (bytes[p] !== LINE_FEED) return -1;
    for (const [, builder] of this.#builders) {
      builder.addNumbers(values, this.#line, stamp.wall, stamp.offset);
    }
    return p;
  }
}
