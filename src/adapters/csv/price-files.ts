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

/** Enough for the lines above the first record, of many symbols side by side too. */
const HEAD_BYTES = [4096, 65_536];
const HEAD_LINES = 16;
const EXTENSION = ".csv";

const DIRECTORY = "directory";

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
    version = versionOf(path);
    if (version === DIRECTORY) {
      const fault = unreadable(path, Object.assign(new Error("a directory"), { code: "EISDIR" }));
      return { name, path, version, layout: undefined, fault, symbols: [own] };
    }
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

/** Changes whenever a file does; empty where there is none that can be looked at. */
export function versionOf(path: string): string {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? DIRECTORY : `${stats.mtimeMs}/${stats.ctimeMs}/${stats.size}/${stats.ino}`;
  } catch {
    return "";
  }
}

/** Files whose content is something else than prices are not on offer; broken ones are, and say so when read. */
export function isOffer(files: readonly PriceFile[]): boolean {
  return files.some(({ fault }) => fault === undefined);
}

function readHead(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    for (const size of HEAD_BYTES) {
      const bytes = Buffer.alloc(size);
      const read = readSync(descriptor, bytes, 0, size, 0);
      const text = bytes.toString("utf8", 0, read);
      const enough = read < size || size === HEAD_BYTES.at(-1) || text.split("\n").length > HEAD_LINES;
      if (enough) return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
    return "";
  } finally {
    closeSync(descriptor);
  }
}
