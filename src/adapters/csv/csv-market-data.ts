import { FinAgentError } from "../../domain/errors.ts";
import { checkRows } from "../../domain/market/checks/check-rows.ts";
import { refuseErrors } from "../../domain/market/checks/refuse-errors.ts";
import { countAtMost } from "../../domain/market/column.ts";
import { companyName, DIRECTORY } from "../../domain/market/directory.ts";
import type { Interval } from "../../domain/market/interval.ts";
import { nearSymbols } from "../../domain/market/near-symbols.ts";
import { barsOf, firstRows } from "../../domain/market/rows.ts";
import type { MarketData, SymbolInfo, SymbolSeries } from "../../domain/ports.ts";
import { type LeanFactors, readLeanFactors } from "./lean-factors.ts";
import type { Layout } from "./layout.ts";
import { type PriceFile, priceFiles } from "./price-files.ts";
import { notPrices } from "./not-prices.ts";
import { readText } from "./read-text.ts";
import { type SeriesFile, seriesFromTable } from "./series-file.ts";
import { readTables, type Table } from "./table.ts";

const NEAR = 3;
const LISTED = 12;
/** The index that relative figures refer to, in order of preference. */
const BENCHMARKS = ["SPY", "SP500"];

/** A file as it was last read; the tables become series one by one as they are asked for. */
interface Held {
  readonly version: string;
  readonly layout: Layout;
  readonly tables: ReadonlyMap<string, Table>;
  readonly lean: LeanFactors | null;
  readonly series: Map<string, SeriesFile>;
}

/**
 * Market data in a directory of CSV files, one per symbol (`SYMBOL.csv`) or several symbols side by side. What the
 * layouts are: `layout.ts`; how prices are adjusted: `adjustment.ts`; what is refused: `checks/`. Files are read
 * when first asked for and again when they change.
 * @throws FinAgentError DATA_UNREADABLE where the directory cannot be read or holds no CSV files
 */
export function csvMarketData(directory: string): MarketData {
  const symbolsNow = priceFiles(directory);
  if (symbolsNow.size === 0) {
    throw new FinAgentError("DATA_UNREADABLE", `${directory} holds no CSV files.`, {
      hint: "Name a folder with one CSV file per symbol (AAPL.csv), as --data csv:FOLDER or FINAGENT_DATA.",
      details: { directory },
    });
  }
  const held = new Map<string, Held>();

  const load = async (symbol: string): Promise<SeriesFile> => {
    const wanted = symbol.trim().toUpperCase();
    const file = fileOf(wanted, directory);
    let one = held.get(file.path);
    if (one === undefined || one.version !== file.version) {
      one = await readFileOf(file);
      held.set(file.path, one);
    }
    const known = one.series.get(wanted);
    if (known !== undefined) return known;
    const table = one.tables.get(wanted) ?? one.tables.get("");
    if (table === undefined || table.length === 0) {
      throw new FinAgentError("DATA_INVALID", `${file.path} has no rows for ${wanted} below its header.`, {
        hint: "Fetch the file again, or remove it.",
        details: { symbol: wanted, file: file.path },
      });
    }
    const made = seriesFromTable(wanted, file.path, table, one.lean, one.layout.notes);
    one.series.set(wanted, made);
    return made;
  };

  return {
    source: `csv:${directory}`,
    simulated: false,
    benchmark: BENCHMARKS.find((symbol) => symbolsNow.has(symbol)) ?? null,
    async list() {
      const files = [...priceFiles(directory)];
      const offered = files.filter(([, held]) => isOffer(held));
      // One fault says more than an empty list does.
      const fault = files[0]?.[1][0]?.fault;
      if (offered.length === 0 && fault !== undefined) throw fault;
      return offered.map(([symbol]) => infoOf(symbol)).sort(bySymbol);
    },
    passedOver: async () =>
      [...priceFiles(directory).values()]
        .flat()
        .flatMap(({ fault }) => (fault === undefined ? [] : [fault.message])),
    async latest(symbols) {
      let latest = -Infinity;
      for (const symbol of symbols) {
        const { rows } = await load(symbol);
        for (let i = rows.length - 1; i >= 0; i--) {
          if ((rows.session[i] ?? -1) < 0) continue;
          latest = Math.max(latest, rows.closeTime[i] ?? NaN);
          break;
        }
      }
      if (latest !== -Infinity) return latest;
      throw new FinAgentError("BAD_ARGUMENT", "There are no bars of which one could be the latest.", {
        hint: "Name at least one symbol with bars.",
        details: { symbols },
      });
    },
    async series(symbol, until, interval): Promise<SymbolSeries> {
      const { rows, decisions } = await load(symbol);
      checkInterval(rows.symbol, rows.interval, interval);
      const known = firstRows(rows, countAtMost(rows.closeTime, until));
      const checked = checkRows(known, until);
      refuseErrors(checked.findings);
      const decided = decisions.filter(({ index }) => index < known.length);
      return {
        bars: barsOf(checked.rows),
        findings: [...decided.map(({ finding }) => finding), ...checked.findings],
      };
    },
  };
}

/** The file that holds a symbol, known to have a layout. */
function fileOf(symbol: string, directory: string): PriceFile {
  const files = priceFiles(directory);
  const [file, second] = files.get(symbol) ?? [];
  if (file === undefined) {
    const offered = [...files]
      .filter(([, one]) => isOffer(one))
      .map(([name]) => name)
      .sort();
    throw unknownSymbol(symbol, directory, offered);
  }
  if (second === undefined) return file;
  throw new FinAgentError("DATA_INVALID", `${symbol} stands in two files: ${file.path} and ${second.path}.`, {
    hint: "Keep one of them in this directory.",
    details: { symbol, file: file.path },
  });
}

function unknownSymbol(symbol: string, directory: string, offered: readonly string[]): FinAgentError {
  const near = nearSymbols(symbol, offered, NEAR);
  const more = offered.length > LISTED ? ` and ${offered.length - LISTED} more` : "";
  const all =
    offered.length === 0
      ? "The directory holds no price files (SYMBOL.csv)."
      : `It holds ${offered.slice(0, LISTED).join(", ")}${more}.`;
  return new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in ${directory}.`, {
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}? ${all}` : all,
    details: { symbol, near },
  });
}

async function readFileOf(file: PriceFile): Promise<Held> {
  const text = await readText(file.path);
  const { layout } = file;
  if (layout === undefined) throw file.fault ?? notPrices(file.path, text);
  const lean = layout.tenThousandths ? await readLeanFactors(file.path, file.name) : null;
  return {
    version: file.version,
    layout,
    tables: readTables(text, layout, file.path),
    lean,
    series: new Map(),
  };
}

function checkInterval(symbol: string, has: Interval, wanted: Interval | undefined): void {
  if (wanted === undefined || wanted === has) return;
  throw new FinAgentError("BAD_ARGUMENT", `${symbol} has ${has} bars here; ${wanted} was asked for.`, {
    hint: `Ask for ${has}, or use a directory with ${wanted} bars.`,
    details: { symbol, interval: has },
  });
}

/** Files whose content is something else than prices are not on offer; broken ones are, and say so when read. */
function isOffer(files: readonly PriceFile[]): boolean {
  return files.some(({ fault }) => fault === undefined);
}

function infoOf(symbol: string): SymbolInfo {
  const kind = DIRECTORY.find((company) => company.symbol === symbol)?.kind;
  return { symbol, name: companyName(symbol), kind: kind ?? "unknown" };
}

function bySymbol(a: SymbolInfo, b: SymbolInfo): number {
  return a.symbol < b.symbol ? -1 : 1;
}
