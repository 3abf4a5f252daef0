/** 97.5 % quantile of the standard normal distribution: a two-sided interval of 95 %. */
const Z = 1.959963984540054;

export interface Share {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A share with its 95 % interval (E. B. Wilson, JASA 22(158), 1927); unlike the textbook interval it stays within [0, 1] and
 * does not vanish where all or none passed.
 * @returns null where there is nothing to count
 */
export function wilson(passed: number, total: number): Share | null {
  if (total === 0) return null;
  const share = passed / total;
  const square = (Z * Z) / total;
  const centre = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / total + square / (4 * total));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
