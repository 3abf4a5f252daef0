/** The same weight for each of n names; the hard-to-beat rule of DeMiguel, Garlappi and Uppal, RFS 22 (2009). */
export function equalWeight(n: number): Float64Array {
  return new Float64Array(n).fill(1 / n);
}
