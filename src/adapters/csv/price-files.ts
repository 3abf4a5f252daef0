import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Layout, layoutOf } from "./layout.ts";
import { unreadable } from "./read-text.ts";

/** A file of a directory that holds prices, or should by its name. */
export interface PriceFile {
  readonly name: string;
  readonly path: string;
  /** Changes whenever the file does. */
  readonly version: string;
  /** Undefined where the file's beginning is no price layout. */
  readonly layout: Layout | undefined;
  /** Whether there is anything in it at all. */
  readonly empty: boolean;
  readonly symbols: readonly string[];
}

const HEAD_BYTES = 65_536;
const EXTENSION = ".csv";

const heads = new Map<string, PriceFile>();

/**
 * The price files of a directory by symbol: `SYMBOL.csv` in any case, or the columns of a file of several symbols.
 * Sub-directories and other files are passed over. A symbol may stand in several files; that is for the reader to refuse.
 * @throws FinAgentError DATA_UNREADABLE where the directory cannot be read
 */
export function priceFiles(directory: string): Map<string, PriceFile[]> {
  let names: string[];
  try {
    names = readdirSync(directory, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && entry.name.toLowerCase().endsWith(EXTENSION))
      .map((entry) => entry.name)
      .sort();
  } catch (cause) {
    throw unreadable(directory, cause);
  }
  const bySymbol = new Map<string, PriceFile[]>();
  for (const name of names) {
    const file = headOf(join(directory, name), name);
    for (const symbol of file.symbols) bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), file]);
  }
  return bySymbol;
}

/** What the first lines of a file show, read again only when the file changed. */
function headOf(path: string, name: string): PriceFile {
  const own = name.slice(0, -EXTENSION.length).toUpperCase();
  let head: string;
  let version: string;
  try {
    const { mtimeMs, size } = statSync(path);
    version = `${mtimeMs}/${size}`;
    const held = heads.get(path);
    if (held?.version === version) return held;
    head = readHead(path);
  } catch {
    // It is listed all the same: reading it then says why it cannot be read.
    return { name, path, version: "", layout: undefined, empty: true, symbols: [own] };
  }
  const layout = layoutOf(head.split(/\r?\n/).filter((line) => line.trim() !== ""));
  const symbols = layout === undefined ? [own] : [...layout.series.keys()].map((one) => one || own);
  const file = { name, path, version, layout, empty: head.trim() === "", symbols };
  heads.set(path, file);
  return file;
}

function readHead(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(HEAD_BYTES);
    const read = readSync(descriptor, bytes);
    const text = bytes.toString("utf8", 0, read);
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  } finally {
    closeSync(descriptor);
  }
}
