import { at, type Column } from "../../market/column.ts";

/** First and second moments of two columns: of a, b, a^2 and b^2, in this order. */
export type Moments = readonly [a: number, b: number, aa: number, bb: number];

/** A number that two columns have through their moments, and how it answers to each of them. */
export interface Contrast {
  value(moments: Moments): number;
  gradient(moments: Moments): Moments;
}

/** Difference of the means, per period. */
export const MEAN_DIFFERENCE: Contrast = {
  value: ([a, b]) => a - b,
  gradient: () => [1, -1, 0, 0],
};

/** Difference of the Sharpe ratios of excess returns, per period (Ledoit and Wolf 2008, section 3.1). */
export const SHARPE_DIFFERENCE: Contrast = {
  value: ([a, b, aa, bb]) => a / Math.sqrt(aa - a * a) - b / Math.sqrt(bb - b * b),
  gradient: ([a, b, aa, bb]) => {
    const cubeA = (aa - a * a) ** 1.5;
    const cubeB = (bb - b * b) ** 1.5;
    return [aa / cubeA, -bb / cubeB, (-0.5 * a) / cubeA, (0.5 * b) / cubeB];
  },
};

export function momentsOf(a: Column, b: Column): Moments {
  const n = a.length;
  let [sumA, sumB, sumAA, sumBB] = [0, 0, 0, 0];
  for (let t = 0; t < n; t += 1) {
    const x = at(a, t);
    const y = at(b, t);
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
  }
  return [sumA / n, sumB / n, sumAA / n, sumBB / n];
}

/** How much each entry moves the contrast, to first order: gradient . (entry's moments - all moments). */
export function influence(a: Column, b: Column, moments: Moments, gradient: Moments): Column {
  const [ga, gb, gaa, gbb] = gradient;
  const [ma, mb, maa, mbb] = moments;
  const centre = ga * ma + gb * mb + gaa * maa + gbb * mbb;
  return a.map((x, t) => {
    const y = at(b, t);
    return ga * x + gb * y + gaa * x * x + gbb * y * y - centre;
  });
}
