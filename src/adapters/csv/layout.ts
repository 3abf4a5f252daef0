import { type Field, fieldOf, isBaseVolume } from "./fields.ts";

/** Which cell of a record holds what, for one symbol. */
export type PriceCells = Readonly<
  Partial<
    Record<
      "open" | "high" | "low" | "adjustedClose" | "volume" | "quoteVolume" | "dividend" | "split",
      number
    >
  >
> & { readonly close: number };

/** How a price file is laid out. */
export interface Layout {
  readonly delimiter: string;
  /** Lines before the first record, headers included. */
  readonly headerLines: number;
  /** Names of the columns, for messages. */
  readonly headers: readonly string[];
  /** The cell with the date or time, and for files that part them the cell with the time of day. */
  readonly time: number;
  readonly timeOfDay: number | null;
  /** By symbol; the empty name stands for the file's own symbol. */
  readonly series: ReadonlyMap<string, PriceCells>;
  /** Prices are whole numbers in 1/10000 dollars, the custom of QuantConnect's Lean. */
  readonly tenThousandths: boolean;
  /** Something that a reader should know about the layout. */
  readonly notes: readonly string[];
}

const DELIMITERS = [",", ";", "\t"];
/** A comment or two may stand above the header. */
const HEADER_SEARCH = 5;
const TICKER = /^\^?[A-Z][A-Z0-9]{0,5}([.\-=][A-Z0-9]{1,4})?$/;

/** Recognises the layout of a price file from its first lines; undefined where these are no prices. */
export function layoutOf(lines: readonly string[]): Layout | undefined {
  for (const [index, line] of lines.slice(0, HEADER_SEARCH).entries()) {
    for (const delimiter of DELIMITERS) {
      const cells = cellsOf(line, delimiter);
      if (cells.length < 2) continue;
      const found =
        stackedHeaders(cells, lines.slice(index), delimiter, index) ??
        namedColumns(cells, delimiter, index) ??
        oneColumnPerSymbol(cells, delimiter, index) ??
        lean(cells, delimiter, index);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Cells of a header line; quotes around them are no part of them. */
function cellsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((cell) => cell.trim().replaceAll(/^"|"$/g, ""));
}

/** A header line with the usual names in any order: date, open, high, low, close … */
function namedColumns(headers: readonly string[], delimiter: string, index: number): Layout | undefined {
  const at = (field: Field): number | undefined => {
    const found = headers.findIndex((header) => fieldOf(header) === field);
    return found < 0 ? undefined : found;
  };
  // An index column written by pandas has no name.
  const unnamed = headers[0] === "" || headers[0] === "Unnamed: 0" ? 0 : undefined;
  const [date, timeOfDay] = [at("date"), at("time")];
  const time = at("unix") ?? at("datetime") ?? date ?? timeOfDay ?? unnamed;
  const close = at("close") ?? at("adjustedClose");
  if (time === undefined || close === undefined) return undefined;
  const base = headers.findIndex(isBaseVolume);
  const cells = {
    open: at("open"),
    high: at("high"),
    low: at("low"),
    adjustedClose: close === at("adjustedClose") ? undefined : at("adjustedClose"),
    volume: base >= 0 ? base : at("volume"),
    quoteVolume: at("quoteVolume") ?? (base >= 0 ? at("volume") : undefined),
    dividend: at("dividend"),
    split: at("split"),
  };
  const closeOnly = cells.open === undefined || cells.high === undefined || cells.low === undefined;
  const given = closeOnly ? { ...cells, open: undefined, high: undefined, low: undefined } : cells;
  return {
    delimiter,
    headerLines: index + 1,
    headers,
    time,
    timeOfDay: time === date && timeOfDay !== undefined ? timeOfDay : null,
    series: new Map([["", { ...defined(given), close }]]),
    tenThousandths: false,
    notes: notesOn(closeOnly, cells.volume === undefined),
  };
}

function defined<K extends string>(cells: Record<K, number | undefined>): Partial<Record<K, number>> {
  return Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined)) as Partial<
    Record<K, number>
  >;
}

function notesOn(closeOnly: boolean, noVolume: boolean): string[] {
  const notes: string[] = [];
  if (closeOnly) notes.push("The file has closes only; open, high and low were set to the close.");
  if (noVolume) notes.push("The file has no volume; it was set to 0.");
  return notes;
}

/** yfinance's three header lines: field names, tickers, the name of the index. */
function stackedHeaders(
  fields: readonly string[],
  lines: readonly string[],
  delimiter: string,
  index: number,
): Layout | undefined {
  const tickers = cellsOf(lines[1] ?? "", delimiter);
  if (fields[0] !== "Price" || tickers[0] !== "Ticker") return undefined;
  const symbols = new Set(tickers.slice(1).map((ticker) => ticker.toUpperCase()));
  const series = new Map<string, PriceCells>();
  let notes: readonly string[] = [];
  for (const symbol of symbols) {
    const own = fields.map((field, i) =>
      i === 0 ? "date" : tickers[i]?.toUpperCase() === symbol ? field : "",
    );
    const layout = namedColumns(own, delimiter, index);
    const cells = layout?.series.get("");
    if (layout === undefined || cells === undefined) return undefined;
    series.set(symbols.size === 1 ? "" : symbol, cells);
    notes = layout.notes;
  }
  const headers = fields.map((field, i) => (i === 0 ? "Date" : field));
  return {
    delimiter,
    headerLines: index + 3,
    headers,
    time: 0,
    timeOfDay: null,
    series,
    tenThousandths: false,
    notes,
  };
}

/** A date and then one column of closes per symbol. */
function oneColumnPerSymbol(
  headers: readonly string[],
  delimiter: string,
  index: number,
): Layout | undefined {
  const [first = "", ...symbols] = headers;
  const dated = first === "" || fieldOf(first) === "date" || fieldOf(first) === "datetime";
  if (!dated || symbols.length === 0 || !symbols.every((symbol) => TICKER.test(symbol))) return undefined;
  return {
    delimiter,
    headerLines: index + 1,
    headers,
    time: 0,
    timeOfDay: null,
    series: new Map(symbols.map((symbol, i) => [symbol, { close: i + 1 }])),
    tenThousandths: false,
    notes: notesOn(true, true),
  };
}

/** QuantConnect's Lean: no header, "yyyymmdd hh:mm", open, high, low, close, volume. */
function lean(cells: readonly string[], delimiter: string, index: number): Layout | undefined {
  const numbers = cells.slice(1).every((cell) => /^\d+(\.\d+)?$/.test(cell));
  if (index > 0 || cells.length !== 6 || !/^\d{8} \d{2}:\d{2}$/.test(cells[0] ?? "") || !numbers)
    return undefined;
  const tenThousandths = cells.slice(1, 5).every((cell) => !cell.includes("."));
  return {
    delimiter,
    headerLines: 0,
    headers: ["time", "open", "high", "low", "close", "volume"],
    time: 0,
    timeOfDay: null,
    series: new Map([["", { open: 1, high: 2, low: 3, close: 4, volume: 5 }]]),
    tenThousandths,
    notes: tenThousandths ? ["Lean's layout: prices were read as 1/10000 dollars."] : [],
  };
}
