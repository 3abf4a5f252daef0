import type { Column } from "../../market/column.ts";

/**
 * The signal of a fast line against a slow one, by bar: 1 where it crosses from below to above (strictly on
 * both bars), `down` where it crosses from above to below, else NaN.
 */
export function crossover(fast: Column, slow: Column, down: number): Float64Array {
  const signal = new Float64Array(fast.length).fill(NaN);
  for (let bar = 1; bar < signal.length; bar += 1) {
    const before = (fast[bar - 1] ?? NaN) - (slow[bar - 1] ?? NaN);
    const now = (fast[bar] ?? NaN) - (slow[bar] ?? NaN);
    if (before < 0 && now > 0) signal[bar] = 1;
    else if (before > 0 && now < 0) signal[bar] = down;
  }
  return signal;
}
