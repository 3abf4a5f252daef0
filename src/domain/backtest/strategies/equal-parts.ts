import { at } from "../../market/column.ts";
import type { Panel } from "../../market/panel.ts";
import type { Targets } from "../targets.ts";

/**
 * Spreads an exposure evenly over the symbols listed by each row. A symbol without a bar in the row keeps its
 * shares.
 *
 * @param exposure per row of `rows`, as a fraction of equity
 */
export function equalParts(panel: Panel, rows: Int32Array, exposure: Float64Array): Targets {
  const listedSince = panel.bars.map((bars) => (bars.length === 0 ? Infinity : at(bars.time, 0)));
  const parts = Float64Array.from(rows, (row, k) => {
    const time = at(panel.time, row);
    return at(exposure, k) / listedSince.filter((since) => since <= time).length;
  });
  const weights = panel.barAt.map((bars) =>
    Float64Array.from(rows, (row, k) => ((bars[row] ?? -1) < 0 ? NaN : at(parts, k))),
  );
  return { rows, weights };
}
