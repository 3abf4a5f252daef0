import { dirname, join } from "node:path";
import { existsSync } from "node:fs";
import type { Column } from "../../domain/market/column.ts";
import { DAY_MS, dateOfDay } from "../../domain/market/day.ts";
import { FinAgentError } from "../../domain/errors.ts";
import type { RowAction } from "../../domain/market/row-actions.ts";
import type { SymbolName } from "../../domain/market/rows.ts";
import { splitRatioNear } from "../../domain/market/split-ratio.ts";
import { readText } from "./read-text.ts";

/** What Lean keeps beside its raw prices: adjustment factors and the symbol's names, each valid up to a date. */
export interface LeanFactors {
  readonly price: readonly FactorRow[];
  readonly names: readonly SymbolName[];
}

/** Factors are written with seven decimals. */
const FACTOR_ROUNDING = 1e-6;
const SPLIT_ROUNDING = 1e-4;

interface FactorRow {
  readonly until: string;
  readonly priceFactor: number;
  readonly splitFactor: number;
  /** The raw close on that date; NaN where the file has none. */
  readonly reference: number;
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
  const price = (await readRows(path)).map(
    ([date = "", priceText = "", splitText = "", referenceText], i) => {
      const row = {
        until: isoDate(date),
        priceFactor: Number(priceText),
        splitFactor: Number(splitText),
        reference: Number(referenceText ?? NaN),
      };
      if (row.until === "" || !(row.priceFactor > 0) || !(row.splitFactor > 0)) {
        throw new FinAgentError("DATA_INVALID", `${path} line ${i + 1} is no factor row.`, {
          hint: "A row is yyyymmdd,price factor,split factor,reference price.",
          details: { file: path, line: i + 1 },
        });
      }
      return row;
    },
  );
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
 * split factor, volumes the inverse of the split factor. Where a row's factors differ from those of the row before,
 * its day is an ex-date: the split is the ratio of the split factors, the dividend what the price factor takes from
 * the reference price (Lean: price factor before = price factor after * (reference - dividend) / reference). A missing
 * reference is the close of the row before.
 */
export function leanColumns(
  factors: readonly FactorRow[],
  { wall, close }: { readonly wall: Column; readonly close: Column },
): { factor: Column; split: Column; actions: RowAction[] } {
  const factor = new Float64Array(wall.length);
  const split = new Float64Array(wall.length);
  const actions: RowAction[] = [];
  let cursor = 0;
  for (let i = 0; i < wall.length; i++) {
    const date = dateOfDay(Math.floor((wall[i] ?? NaN) / DAY_MS));
    let ratio = 1;
    let paid = 0;
    for (; cursor < factors.length - 1 && (factors[cursor]?.until ?? "") < date; cursor++) {
      const [before, after] = [factors[cursor], factors[cursor + 1]];
      if (before === undefined || after === undefined) break;
      const made = after.splitFactor / before.splitFactor;
      const reference = before.reference > 0 ? before.reference : (close[i - 1] ?? NaN);
      const share = 1 - before.priceFactor / after.priceFactor;
      ratio *= Math.abs(made - 1) > FACTOR_ROUNDING ? rounded(made) : 1;
      paid = (paid + (share > FACTOR_ROUNDING ? reference * share : 0)) / (made > 0 ? made : 1);
    }
    if (i > 0 && (ratio !== 1 || paid > 0)) actions.push({ index: i, split: ratio, dividend: paid });
    const row = factors[cursor];
    factor[i] = (row?.priceFactor ?? NaN) * (row?.splitFactor ?? NaN);
    split[i] = row?.splitFactor ?? NaN;
  }
  return { factor, split, actions };
}

/** Split factors are written with eight decimals at most. */
function rounded(ratio: number): number {
  const whole = splitRatioNear(ratio);
  return Math.abs(whole / ratio - 1) < SPLIT_ROUNDING ? whole : ratio;
}
