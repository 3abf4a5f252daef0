import { FinAgentError } from "../../domain/errors.ts";
import { companyName, DIRECTORY } from "../../domain/market/directory.ts";
import type { Interval } from "../../domain/market/interval.ts";
import type { MarketData, SymbolInfo, SymbolSeries } from "../../domain/ports.ts";
import type { ColumnCache } from "../columnar/column-cache.ts";
import { cachedTables } from "./cached-tables.ts";
import { CheckedFile } from "./checked-file.ts";
import { type LeanFactors, readLeanFactors } from "./lean-factors.ts";
import type { Layout } from "./layout.ts";
import { isOffer, type PriceFile } from "./price-files.ts";
import { PriceFolder } from "./price-folder.ts";
import { notPrices } from "./not-prices.ts";
import { readText } from "./read-text.ts";
import { seriesFromTable } from "./series-file.ts";
import type { Table } from "./table.ts";

/** The index that relative figures refer to, in order of preference. */
const BENCHMARKS = ["SPY", "SP500"];

/** A file as it was last read; the tables become series one by one as they are asked for. */
interface Held {
  readonly version: string;
  readonly layout: Layout;
  readonly tables: ReadonlyMap<string, Table>;
  readonly lean: LeanFactors | null;
  readonly series: Map<string, CheckedFile>;
  readonly fromCache: boolean;
  readonly kept: Promise<void>;
}

interface CsvOptions {
  /** Where what was read is kept for later runs; nowhere without it. */
  readonly cache?: ColumnCache;
}

/**
 * Market data in a directory of CSV files, one per symbol (`SYMBOL.csv`) or several symbols side by side. What the
 * layouts are: `layout.ts`; how prices are adjusted: `adjustment.ts`; what is refused: `checks/`. Files are read
 * when first asked for and again when they change; with a cache, once for all runs.
 * @throws FinAgentError DATA_UNREADABLE where the directory cannot be read or holds no CSV files
 */
export function csvMarketData(directory: string, { cache }: CsvOptions = {}): MarketData {
  const folder = new PriceFolder(directory);
  const symbolsNow = folder.all();
  if (symbolsNow.size === 0) {
    throw new FinAgentError("DATA_UNREADABLE", `${directory} holds no CSV files.`, {
      hint: "Name a folder with one CSV file per symbol (AAPL.csv), as --data csv:FOLDER or FINAGENT_DATA.",
      details: { directory },
    });
  }
  const held = new Map<string, Held>();

  const load = async (symbol: string): Promise<CheckedFile> => {
    const wanted = symbol.trim().toUpperCase();
    const file = folder.fileOf(wanted);
    let one = held.get(file.path);
    if (one === undefined || one.version !== file.version) {
      one = await readFileOf(file, cache ?? null);
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
    const made = new CheckedFile(seriesFromTable(wanted, file.path, table, one.lean, one.layout.notes));
    one.series.set(wanted, made);
    await one.kept;
    return made;
  };

  return {
    source: `csv:${directory}`,
    simulated: false,
    benchmark: BENCHMARKS.find((symbol) => symbolsNow.has(symbol)) ?? null,
    async list() {
      const files = [...folder.all()];
      const offered = files.filter(([, held]) => isOffer(held));
      // One fault says more than an empty list does.
      const fault = files[0]?.[1][0]?.fault;
      if (offered.length === 0 && fault !== undefined) throw fault;
      return offered.map(([symbol]) => infoOf(symbol)).sort(bySymbol);
    },
    passedOver: async () =>
      [...folder.all().values()].flat().flatMap(({ fault }) => (fault === undefined ? [] : [fault.message])),
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
      const file = await load(symbol);
      checkInterval(file.rows.symbol, file.rows.interval, interval);
      return file.series(until);
    },
    ...(cache === undefined
      ? {}
      : {
          cached: () => ({
            folder: cache.folder,
            files: held.size,
            fromCache: [...held.values()].filter((one) => one.fromCache).length,
            fault: cache.fault,
          }),
        }),
  };
}

async function readFileOf(file: PriceFile, cache: ColumnCache | null): Promise<Held> {
  const { layout } = file;
  if (layout === undefined) {
    const text = await readText(file.path);
    throw file.fault ?? notPrices(file.path, text);
  }
  const lean = layout.tenThousandths ? await readLeanFactors(file.path, file.name) : null;
  return {
    version: file.version,
    layout,
    ...(await cachedTables(file.path, layout, cache)),
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

function infoOf(symbol: string): SymbolInfo {
  const kind = DIRECTORY.find((company) => company.symbol === symbol)?.kind;
  return { symbol, name: companyName(symbol), kind: kind ?? "unknown" };
}

function bySymbol(a: SymbolInfo, b: SymbolInfo): number {
  return a.symbol < b.symbol ? -1 : 1;
}
