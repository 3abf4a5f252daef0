import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Layout, layoutOf } from "./layout.ts";
import type { FinAgentError } from "../../domain/errors.ts";
import { isText, notPrices } from "./not-prices.ts";
import { unreadable } from "./read-text.ts";

/** A file of a directory that holds prices, or should by its name. */
export interface PriceFile {
  readonly name: string;
  readonly path: string;
  /** Changes whenever the file does. */
  readonly version: string;
  /** Undefined where the file's beginning is no price layout. */
  readonly layout: Layout | undefined;
  /** Why it is passed over: what it holds is something else than prices. A broken file is on offer. */
  readonly fault: FinAgentError | undefined;
  readonly symbols: readonly string[];
}

const HEAD_BYTES = 65_536;
const EXTENSION = ".csv";

const heads = new Map<string, PriceFile>();

/**
 * The price files of a directory by symbol: `SYMBOL.csv` in any case, or the columns of a file of several symbols.
 * Files of other names are passed over. A symbol may stand in several files; that is for the reader to refuse.
 * @throws FinAgentError DATA_UNREADABLE where the directory cannot be read
 */
export function priceFiles(directory: string): Map<string, PriceFile[]> {
  let names: string[];
  try {
    names = readdirSync(directory)
      .filter((name) => name.toLowerCase().endsWith(EXTENSION))
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
    const stats = statSync(path);
    if (stats.isDirectory()) {
      const fault = unreadable(path, Object.assign(new Error("a directory"), { code: "EISDIR" }));
      return { name, path, version: "", layout: undefined, fault, symbols: [own] };
    }
    version = `${stats.mtimeMs}/${stats.size}`;
    const held = heads.get(path);
    if (held?.version === version) return held;
    head = readHead(path);
  } catch {
    // It is listed all the same: reading it then says why it cannot be read.
    return { name, path, version: "", layout: undefined, fault: undefined, symbols: [own] };
  }
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
  const layout = isText(head) ? layoutOf(lines) : undefined;
  const symbols = layout === undefined ? [own] : [...layout.series.keys()].map((one) => one || own);
  const fault = layout === undefined && head.trim() !== "" ? notPrices(path, head) : undefined;
  const file = { name, path, version, layout, fault, symbols };
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
