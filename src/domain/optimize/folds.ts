import type { RowWindow } from "../backtest/row-window.ts";
import { windowRows } from "../backtest/window-rows.ts";
import { FinAgentError } from "../errors.ts";
import { counted } from "../format.ts";
import { isoTime } from "../iso-time.ts";
import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import type { Panel } from "../market/panel.ts";
import type { FoldSpan } from "./report.ts";

/** Rows of a panel, from `fromRow` to before `toRow`. */
export type RowSpan = RowWindow;

export interface FoldPlan {
  readonly folds: readonly { readonly train: RowSpan; readonly validation: RowSpan }[];
  readonly holdout: RowSpan;
}

const HOLDOUT_SHARE = 0.2;
/** Of a fold: what a rewrite has to show is harder to come by than what it is made from. */
const VALIDATION_SHARE = 1 / 2;

const USUAL_FOLDS = 4;

/** A quarter of daily bars; shorter spans tell nothing about a rule that decides once a month. */
export const FEWEST_VALIDATION_BARS = 63;

/**
 * Lays out the window of a data set as T1 V1 T2 V2 … H, in the order of time: the last fifth is the hold-out; before it
 * stand folds of equal length, each a training span and, after it, a validation span as long.
 * Spans do not overlap, and `embargoBars` rows are left out between neighbours, so that what is held at the end
 * of one does not stand in the next (purging and embargo: Lopez de Prado, Advances in Financial Machine Learning, 2018,
 * chapter 7). Every span sees all prices before it, as any decision does.
 * @throws FinAgentError DATA_INSUFFICIENT where a validation span would be shorter than 63 bars; EMPTY_WINDOW
 */
export function layFolds(
  dataSet: DataSet,
  { folds, embargoBars }: { readonly folds: number; readonly embargoBars: number },
): FoldPlan {
  const { fromRow, toRow } = windowRows(dataSet);
  const rows = toRow - fromRow;
  const holdout = { fromRow: toRow - Math.floor(rows * HOLDOUT_SHARE), toRow };
  const searched = holdout.fromRow - fromRow;
  const startOf = (fold: number): number => fromRow + Math.floor((fold * searched) / folds);
  const laid = Array.from({ length: folds }, (_, fold) => {
    const start = startOf(fold);
    const end = startOf(fold + 1) - embargoBars;
    const bars = Math.max(0, end - embargoBars - start);
    const validation = Math.floor(bars * VALIDATION_SHARE);
    return {
      train: { fromRow: start, toRow: start + bars - validation },
      validation: { fromRow: end - validation, toRow: end },
    };
  });
  const shortest = Math.min(...laid.map((fold) => lengthOf(fold.validation)));
  if (shortest >= FEWEST_VALIDATION_BARS) return { folds: laid, holdout };
  const perFold = barsPerFold(embargoBars);
  const most = Math.floor(searched / perFold);
  const enough = Math.ceil((perFold * folds) / (1 - HOLDOUT_SHARE));
  throw new FinAgentError(
    "DATA_INSUFFICIENT",
    `The window has ${counted(rows, "bar")}; with ${folds} folds the shortest validation span would have ${shortest}, and it needs ${FEWEST_VALIDATION_BARS}.`,
    {
      hint: `Choose a window of ${enough.toLocaleString("en-US")} bars or more${most >= 2 ? `, or at most ${counted(most, "fold")}` : ""}.`,
      details: { rows, folds, embargoBars, shortest, enough },
    },
  );
}

/** Four folds, or as many as the window has room for; two at least, which may then be too many. */
export function usualFolds(dataSet: DataSet, embargoBars: number): number {
  const { fromRow, toRow } = windowRows(dataSet);
  const room = Math.floor(((toRow - fromRow) * (1 - HOLDOUT_SHARE)) / barsPerFold(embargoBars));
  return Math.min(USUAL_FOLDS, Math.max(2, room));
}

/** The shortest fold with its embargoes. */
function barsPerFold(embargoBars: number): number {
  return Math.ceil(FEWEST_VALIDATION_BARS / VALIDATION_SHARE) + 2 * embargoBars;
}

export function lengthOf(span: RowSpan): number {
  return span.toRow - span.fromRow;
}

/** A span by the times of its bars. */
export function describeSpan(panel: Panel, span: RowSpan): FoldSpan {
  return {
    from: isoTime(at(panel.time, span.fromRow)),
    to: isoTime(at(panel.closeTime, span.toRow - 1)),
    bars: lengthOf(span),
  };
}
