import type { Bars } from "../../market/bars.ts";
import type { Panel } from "../../market/panel.ts";
import type { Targets } from "../targets.ts";
import { sparseTargets } from "./sparse-targets.ts";

/**
 * Targets of a rule that looks at one symbol at a time: each symbol has an equal part of equity, which its
 * signal puts long (1), short (-1) or into cash (0).
 *
 * @param signal per bar of a symbol the new signal, NaN where it stays as it is
 */
export function signalTargets(panel: Panel, signal: (bars: Bars) => Float64Array): Targets {
  const part = 1 / panel.symbols.length;
  const weights = panel.bars.map((bars, s) => {
    const signals = signal(bars);
    const barAt = panel.barAt[s] ?? new Int32Array(0);
    const column = new Float64Array(panel.rows).fill(NaN);
    for (let row = 0; row < column.length; row += 1) {
      const bar = barAt[row] ?? -1;
      if (bar >= 0) column[row] = part * (signals[bar] ?? NaN);
    }
    return column;
  });
  return sparseTargets(panel.rows, weights);
}
