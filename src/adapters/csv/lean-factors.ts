import { dirname, join } from "node:path";
import { existsSync } from "node:fs";
import type { Column } from "../../domain/market/column.ts";
import { DAY_MS, dateOfDay } from "../../domain/market/day.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { SymbolName } from "../../domain/market/rows.ts";
import { readText } from "./read-text.ts";

/** What Lean keeps beside its raw prices: adjustment factors and the symbol's names, each valid up to a date. */
export interface LeanFactors {
  readonly price: readonly FactorRow[];
  readonly names: readonly SymbolName[];
}

interface FactorRow {
  readonly until: string;
  readonly priceFactor: number;
  readonly splitFactor: number;
}

/**
 * Reads `factor_files/SYMBOL.csv` (date, price factor, split factor, reference price) and `map_files/SYMBOL.csv`
 * (date, name, exchange) beside a price file; null where there is no factor file. Both in the case of the price
 * file's own name. Source: QuantConnect Lean, Data/equity/readme.md.
 * @throws FinAgentError DATA_INVALID, DATA_UNREADABLE
 */
export async function readLeanFactors(pricePath: string, fileName: string): Promise<LeanFactors | null> {
  const path = join(dirname(pricePath), "factor_files", fileName);
  if (!existsSync(path)) return null;
  const price = (await readRows(path)).map(([date = "", priceText = "", splitText = ""], i) => {
    const row = { until: isoDate(date), priceFactor: Number(priceText), splitFactor: Number(splitText) };
    if (row.until === "" || !(row.priceFactor > 0) || !(row.splitFactor > 0)) {
      throw new FinAgentError("DATA_INVALID", `${path} line ${i + 1} is no factor row.`, {
        hint: "A row is yyyymmdd,price factor,split factor,reference price.",
        details: { file: path, line: i + 1 },
      });
    }
    return row;
  });
  const mapPath = join(dirname(pricePath), "map_files", fileName);
  const names = existsSync(mapPath)
    ? (await readRows(mapPath)).map(([date = "", symbol = ""]) => ({ symbol, until: isoDate(date) }))
    : [];
  return { price, names };
}

async function readRows(path: string): Promise<string[][]> {
  const text = await readText(path);
  return text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => line.split(","));
}

function isoDate(compact: string): string {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(compact);
  return found === null ? "" : `${found[1]}-${found[2]}-${found[3]}`;
}

/**
 * Factors of daily rows: of the first factor row whose date is not before the bar's. Prices take price factor times
 * split factor, volumes the inverse of the split factor.
 */
export function leanColumns(factors: readonly FactorRow[], wall: Column): { factor: Column; split: Column } {
  const factor = new Float64Array(wall.length);
  const split = new Float64Array(wall.length);
  let cursor = 0;
  for (let i = 0; i < wall.length; i++) {
    const date = dateOfDay(Math.floor((wall[i] ?? NaN) / DAY_MS));
    while (cursor < factors.length - 1 && (factors[cursor]?.until ?? "") < date) cursor += 1;
    const row = factors[cursor];
    factor[i] = (row?.priceFactor ?? NaN) * (row?.splitFactor ?? NaN);
    split[i] = row?.splitFactor ?? NaN;
  }
  return { factor, split };
}
