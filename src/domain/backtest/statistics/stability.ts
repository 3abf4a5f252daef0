import type { Column } from "../../market/column.ts";
import { mean } from "../../risk/moments.ts";
import { absent, type Statistic } from "../../statistic.ts";
import { NO_DEVIATION } from "./sharpe.ts";

/**
 * Stability of the growth: R^2 of the straight line fitted to the logarithm of the equity over its rows after the
 * first (empyrical `stability_of_timeseries`); 1 is a constant rate of growth, or of decay. Absent with fewer
 * than three such rows, where the equity does not move, and where it is not positive.
 */
export function stability(equity: Column): Statistic {
  const n = equity.length - 1;
  if (n < 3) return absent("A line needs three returns.");
  const middle = (n - 1) / 2;
  const first = equity[0] ?? NaN;
  const growth = new Float64Array(n);
  for (let i = 0; i < n; i += 1) growth[i] = Math.log((equity[i + 1] ?? NaN) / first);
  const centre = mean(growth);
  let covariance = 0;
  let squares = 0;
  for (let i = 0; i < n; i += 1) {
    const deviation = (growth[i] ?? NaN) - centre;
    covariance += (i - middle) * deviation;
    squares += deviation * deviation;
  }
  if (Number.isNaN(squares)) return absent("The equity is not positive.");
  if (Math.sqrt(squares / n) <= NO_DEVIATION) return absent("The equity does not move.");
  const rows = (n * (n * n - 1)) / 12;
  return Math.min(1, covariance ** 2 / (squares * rows));
}
