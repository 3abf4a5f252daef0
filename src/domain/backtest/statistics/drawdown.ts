import { at, type Column } from "../../market/column.ts";

/** At each point the fall from the highest value so far: value / high - 1, at most 0. */
export function drawdownColumn(equity: Column): Column {
  const fall = new Float64Array(equity.length);
  let high = -Infinity;
  for (let i = 0; i < fall.length; i += 1) {
    high = Math.max(high, at(equity, i));
    fall[i] = at(equity, i) / high - 1;
  }
  return fall;
}
