/**
 * Turns a standardised figure (zero mean and unit variance where there is nothing to know) into a score in
 * [-1, 1]: tanh(z / 2), which is 2 F(z) - 1 for the standard logistic distribution F. 1 gives 0.46, 2 gives
 * 0.76, 3 gives 0.91: further evidence counts less and less, and no outlier decides alone.
 */
export function squash(z: number): number {
  return Math.tanh(z / 2);
}
