import { FinAgentError } from "../../errors.ts";
import type { Bars } from "../../market/bars.ts";
import { at, type Column, countAtMost } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import { sharedTimes } from "../../risk/common-window.ts";
import type { RowWindow } from "../row-window.ts";

/** The bars of one symbol as log moves, one entry per common bar but the first. */
interface BarShapes {
  /** Close against the common bar before; then the open against that close. */
  readonly move: Column;
  readonly gap: Column;
  /** High above, and low below, the higher and the lower of open and close; both at least 0. */
  readonly up: Column;
  readonly down: Column;
  readonly volume: Column;
}

/** What has been seen of symbols on the bars that all of them have: entry t is one date for all. */
export interface BarHistory {
  readonly length: number;
  /** Opens of the common bars, one more than entries; epoch milliseconds. */
  readonly time: Column;
  readonly shapes: readonly BarShapes[];
}

/**
 * The common bars of a panel's rows `fromRow <= row < toRow`.
 * @throws FinAgentError DATA_INSUFFICIENT where there are fewer than `needed` returns
 */
export function barHistory(panel: Panel, { fromRow, toRow }: RowWindow, needed: number): BarHistory {
  const shared = sharedTimes(panel.bars, Infinity);
  const before = fromRow === 0 ? 0 : countAtMost(shared, at(panel.time, fromRow) - 1);
  const time = shared.subarray(before, countAtMost(shared, at(panel.time, toRow - 1)));
  const length = Math.max(0, time.length - 1);
  if (length < needed) {
    const counts = panel.bars.map((bars) => `${bars.symbol} ${bars.length}`);
    throw new FinAgentError(
      "DATA_INSUFFICIENT",
      `${needed} returns are needed that all symbols have in common; there are ${length} (bars: ${counts.join(", ")}).`,
      {
        hint: "Choose a longer period, or leave out the symbols with few bars.",
        details: { returns: length, needed, symbols: [...panel.symbols] },
      },
    );
  }
  return historyAt(panel, time);
}

/** The bars at opening times that all symbols have, at least one. */
export function historyAt(panel: Panel, time: Column): BarHistory {
  return { length: time.length - 1, time, shapes: panel.bars.map((bars) => shapesAt(bars, time)) };
}

function shapesAt(bars: Bars, time: Column): BarShapes {
  const length = time.length - 1;
  const column = (): Column => new Float64Array(length);
  const shapes = { move: column(), gap: column(), up: column(), down: column(), volume: column() };
  let index = countAtMost(bars.time, at(time, 0)) - 1;
  let before = at(bars.close, index);
  for (let t = 0; t < length; t += 1) {
    while (at(bars.time, index) < at(time, t + 1)) index += 1;
    const open = at(bars.open, index);
    const close = at(bars.close, index);
    shapes.move[t] = Math.log(close / before);
    shapes.gap[t] = Math.log(open / before);
    shapes.up[t] = Math.max(0, Math.log(at(bars.high, index) / Math.max(open, close)));
    shapes.down[t] = Math.max(0, Math.log(Math.min(open, close) / at(bars.low, index)));
    shapes.volume[t] = at(bars.volume, index);
    before = close;
  }
  return shapes;
}
