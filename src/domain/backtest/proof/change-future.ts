import type { Bars } from "../../market/bars.ts";
import { sliceBars } from "../../market/bars.ts";
import type { Column } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Random } from "../../random.ts";

/** A prime number, so that a walk through the table in steps does not repeat itself soon. */
const DRAWS = 4099;

/** What of a bar is replaced. */
export const FUTURE_FIELDS = ["open", "high", "low", "close", "volume"] as const;

export type FutureField = (typeof FUTURE_FIELDS)[number];

/** The panel as it was known at the close of a row: nothing later is in it. */
export function cutFuture(panel: Panel, row: number): Panel {
  return {
    ...panel,
    rows: row + 1,
    time: panel.time.subarray(0, row + 1),
    closeTime: panel.closeTime.subarray(0, row + 1),
    bars: panel.bars.map((bars, s) => sliceBars(bars, 0, barsThrough(panel, s, row))),
    barAt: panel.barAt.map((index) => index.subarray(0, row + 1)),
  };
}

/** How many bars of a symbol open in rows up to one. */
export function barsThrough(panel: Panel, s: number, row: number): number {
  const index = panel.barAt[s];
  for (let r = row; r >= 0; r -= 1) {
    const bar = index?.[r] ?? -1;
    if (bar >= 0) return bar + 1;
  }
  return 0;
}

/**
 * The same panel with other prices and volumes after a row: each later bar is moved by `level` and by random
 * factors of its own, and stays a valid bar (the high is the highest, the low the lowest, prices positive).
 * Times are as they were: a calendar is known in advance.
 */
export function replaceFuture(panel: Panel, row: number, level: number, random: Random): Panel {
  const draws = Float64Array.from({ length: DRAWS }, () => random.uniform());
  return {
    ...panel,
    bars: panel.bars.map((bars, s) => {
      const from = barsThrough(panel, s, row);
      const open = bars.open.slice();
      const high = bars.high.slice();
      const low = bars.low.slice();
      const close = bars.close.slice();
      const volume = bars.volume.slice();
      let k = random.integer(DRAWS);
      const draw = (): number => {
        k = k + 7 < DRAWS ? k + 7 : k + 7 - DRAWS;
        return draws[k] ?? NaN;
      };
      for (let bar = from; bar < bars.length; bar += 1) {
        const opened = (open[bar] ?? NaN) * level * (0.85 + 0.3 * draw());
        const closed = (close[bar] ?? NaN) * level * (0.85 + 0.3 * draw());
        open[bar] = opened;
        close[bar] = closed;
        high[bar] = Math.max(opened, closed) * (1 + 0.05 * draw());
        low[bar] = Math.min(opened, closed) * (1 - 0.05 * draw());
        volume[bar] = (volume[bar] ?? NaN) * level * (0.2 + 3 * draw());
      }
      return { ...bars, open, high, low, close, volume };
    }),
  };
}

/** The panel with one field alone replaced after a row, within what a valid bar allows. */
export function replaceField(panel: Panel, other: Panel, row: number, field: FutureField): Panel {
  return {
    ...panel,
    bars: panel.bars.map((bars, s) => {
      const from = barsThrough(panel, s, row);
      const column = bars[field].slice();
      const replacement = other.bars[s]?.[field] ?? column;
      for (let bar = from; bar < bars.length; bar += 1) {
        column[bar] = valid(bars, bar, field, replacement);
      }
      return { ...bars, [field]: column };
    }),
  };
}

function valid(bars: Bars, bar: number, field: FutureField, replacement: Column): number {
  const value = replacement[bar] ?? NaN;
  const low = bars.low[bar] ?? NaN;
  const high = bars.high[bar] ?? NaN;
  const open = bars.open[bar] ?? NaN;
  const close = bars.close[bar] ?? NaN;
  if (field === "open" || field === "close") return Math.min(high, Math.max(low, value));
  if (field === "high") return Math.max(value, open, close);
  if (field === "low") return Math.min(value, open, close);
  return value;
}
