import type { PriceColumns } from "./adjustment.ts";
import { splitRatioNear } from "./split-ratio.ts";

/** A corporate action by the row of its ex-date; see CorporateAction. */
export interface RowAction {
  readonly index: number;
  readonly split: number;
  readonly dividend: number;
}

/** Rounding of adjusted closes moves their ratio to the close by less than this from one row to the next. */
const ROUNDING = 2e-5;
/** More rows with an action than one in so many are no actions: the adjusted closes are too coarse. */
const LEAST_ROWS = 15;
/** What moves the ratio by a quarter or more is a split. */
const SPLIT = 1.25;

/**
 * The splits and dividends of raw prices: those of the columns, and where a column is missing what the adjusted closes
 * show. With factor = adjusted close / close, vendors (Yahoo and others) chain factor before = factor after *
 * (1 - paid / close before) / split. A dividend paid on a share before a split is spread over those that it becomes.
 * None at all where the adjusted closes cannot be read so.
 */
export function rowActions(columns: PriceColumns): RowAction[] {
  const { close, adjustedClose, dividend, split } = columns;
  const found: RowAction[] = [];
  let derived = 0;
  for (let i = 1; i < close.length; i++) {
    let ratio = positive(split?.[i], 1);
    let paid = positive(dividend?.[i], 0);
    if (adjustedClose !== null && (dividend === null || split === null)) {
      const before = close[i - 1] ?? NaN;
      const factor = (adjustedClose[i] ?? NaN) / (close[i] ?? NaN);
      const kept = (adjustedClose[i - 1] ?? NaN) / before / factor;
      if (split === null && (kept >= SPLIT || kept <= 1 / SPLIT)) {
        ratio = splitRatioNear(1 / kept);
        derived += 1;
      }
      const share = 1 - kept * ratio;
      if (Number.isNaN(share)) return [];
      if (dividend === null && Math.abs(share) > ROUNDING) {
        if (share < 0) return [];
        paid = before * share;
        derived += 1;
      }
    }
    if (ratio !== 1 || paid > 0) found.push({ index: i, split: ratio, dividend: paid / ratio });
  }
  return derived > 2 + close.length / LEAST_ROWS ? [] : found;
}

function positive(value: number | undefined, otherwise: number): number {
  return value !== undefined && value > 0 ? value : otherwise;
}
