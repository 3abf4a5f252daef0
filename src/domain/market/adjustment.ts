import type { Adjustment } from "./bars.ts";
import type { Column } from "./column.ts";
import { type RowAction, rowActions } from "./row-actions.ts";

/** What a source gives beside its prices, oldest first; null where it has no such column. */
export interface PriceColumns {
  readonly close: Column;
  readonly volume: Column;
  readonly adjustedClose: Column | null;
  /** Money per share, in the prices of that day; 0 or NaN on other days. */
  readonly dividend: Column | null;
  /** Shares made of one on that day: 10 for a 10-for-1 split; 0, 1 or NaN on other days. */
  readonly split: Column | null;
}

export interface AdjustedColumns {
  readonly adjustment: Adjustment;
  /** Whether the source's prices are raw as far as it shows. */
  readonly rawKnown: boolean;
  /** adjusted price = price * factor. */
  readonly factor: Column;
  /** In shares as they are after the last split. */
  readonly volume: Column;
  /** Splits and dividends by their rows; none where there are no raw prices. */
  readonly actions: readonly RowAction[];
  /** What was decided, each with the row that it was decided at. */
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly index: number;
  readonly repaired: boolean;
  readonly message: string;
}

/** Bars on each side of a split whose volumes are compared. */
const VOLUME_WINDOW = 100;
const LEAST_WINDOW = 5;
/** A day on which a stock splits may move by this much on its own (natural logarithm). */
const OWN_MOVE = 0.2;

/**
 * How prices are to be adjusted. An adjusted close decides. Without one the prices around each split do: where they
 * jump by its ratio they are raw and get adjusted, for splits and for dividends if there are any; where they do not,
 * the source has adjusted them already and nothing is applied twice. Factors chain backwards from the last row by
 * adjusted[t] / adjusted[t-1] = (close[t] * split[t] + dividend[t]) / close[t-1], the total return of a share
 * by CRSP's definition of a total return.
 */
export function adjustPrices(columns: PriceColumns, daily: boolean): AdjustedColumns {
  const { close, adjustedClose, dividend, split } = columns;
  const decisions: Decision[] = [];
  const splits = splitRows(columns);
  const applied = splits.filter((i) => jumpsBy(close, i, split?.[i] ?? NaN));
  for (const i of splits) {
    const raw = applied.includes(i);
    const how = raw
      ? "prices before jump by the ratio, so they and their volume were adjusted for it"
      : "prices before do not jump by the ratio, so they are adjusted already and nothing was applied again";
    decisions.push({ index: i, repaired: false, message: `Split of ${split?.[i] ?? NaN} for 1: ${how}.` });
  }
  const volume = adjustedVolume(columns, splits, applied, decisions);
  const rawKnown = splits.length === applied.length;
  const actions = rawKnown ? rowActions(columns) : [];
  if (adjustedClose !== null) {
    const factor = adjustedClose.map((adjusted, i) => adjusted / (close[i] ?? NaN));
    const source = rawKnown
      ? "the close stands for the raw price"
      : "the close is adjusted for splits, so there are no raw prices";
    decisions.unshift({
      index: 0,
      repaired: false,
      message: `Adjusted by adjusted close / close; ${source}.`,
    });
    return { adjustment: "splits-and-dividends", rawKnown, factor, volume, actions, decisions };
  }
  if (applied.length > 0) {
    const adjustment = dividend === null ? "splits" : "splits-and-dividends";
    const factor = chainFactors(columns, new Set(applied));
    return { adjustment, rawKnown, factor, volume, actions, decisions };
  }
  const adjustment =
    split === null ? "unknown" : dividend !== null && daily ? "splits-and-dividends" : "splits";
  const message =
    adjustment === "unknown"
      ? "The file does not say what its prices are adjusted for; they were taken as they are."
      : adjustment === "splits"
        ? "The prices were taken as adjusted for splits, but not for dividends."
        : "The prices were taken as adjusted for splits and dividends, which is the custom of daily files with both columns and no adjusted close.";
  decisions.unshift({ index: 0, repaired: false, message });
  const factor = new Float64Array(close.length).fill(1);
  return { adjustment, rawKnown: false, factor, volume, actions: [], decisions };
}

function splitRows({ split }: PriceColumns): number[] {
  const rows: number[] = [];
  if (split === null) return rows;
  for (let i = 1; i < split.length; i++) {
    const ratio = split[i] ?? NaN;
    if (ratio > 0 && ratio !== 1) rows.push(i);
  }
  return rows;
}

/** Whether the close falls at a row by the ratio of its split. */
function jumpsBy(close: Column, i: number, ratio: number): boolean {
  const move = Math.log((close[i] ?? NaN) / (close[i - 1] ?? NaN));
  const own = Math.abs(move + Math.log(ratio));
  return own < OWN_MOVE && own < Math.abs(move);
}

function chainFactors({ close, dividend, split }: PriceColumns, applied: ReadonlySet<number>): Column {
  const factor = new Float64Array(close.length).fill(1);
  for (let i = close.length - 1; i > 0; i--) {
    const price = close[i] ?? NaN;
    const ratio = applied.has(i) ? (split?.[i] ?? NaN) : 1;
    const paid = dividend?.[i] ?? 0;
    // Without a dividend the price cancels out, and with it its rounding.
    const share = paid > 0 ? price / (price * ratio + paid) : 1 / ratio;
    factor[i - 1] = (factor[i] ?? NaN) * share;
  }
  return factor;
}

/** Volumes before each split in today's shares, where prices or the volumes themselves show that they are not. */
function adjustedVolume(
  { volume, split }: PriceColumns,
  splits: readonly number[],
  applied: readonly number[],
  decisions: Decision[],
): Column {
  if (splits.length === 0) return volume;
  const adjusted = volume.slice();
  for (const i of splits) {
    const ratio = split?.[i] ?? NaN;
    if (!applied.includes(i)) {
      const before = median(volume.subarray(Math.max(0, i - VOLUME_WINDOW), i));
      const after = median(volume.subarray(i, i + VOLUME_WINDOW));
      const change = Math.log(after / before);
      const known = i >= LEAST_WINDOW && volume.length - i >= LEAST_WINDOW;
      if (!known || !(Math.abs(change - Math.log(ratio)) < Math.abs(change))) continue;
      const message = `Volumes before the split of ${ratio} for 1 are not adjusted as the prices are (median ${before} a bar before, ${after} after); they were multiplied by ${ratio}.`;
      decisions.push({ index: i, repaired: true, message });
    }
    for (let k = 0; k < i; k++) adjusted[k] = (adjusted[k] ?? NaN) * ratio;
  }
  return adjusted;
}

function median(values: Column): number {
  const sorted = values.slice().sort();
  return sorted[sorted.length >> 1] ?? NaN;
}
