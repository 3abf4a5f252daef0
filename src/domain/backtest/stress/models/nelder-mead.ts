export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  /** False where the steps ran out first. */
  readonly converged: boolean;
}

const REFLECT = 1;
const EXPAND = 2;
const CONTRACT = 0.5;
const SHRINK = 0.5;

/**
 * The simplex method of Nelder and Mead, Computer Journal 7 (1965), with the usual coefficients. It has converged when
 * the simplex's values differ by less than `tolerance`; then it begins anew from the best point with a fresh simplex,
 * and is done when that gains nothing, since a simplex may collapse short of a minimum. Points where the function is
 * not finite are avoided.
 * @param step size of the first simplex in every direction
 */
export function nelderMead(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  {
    step = 0.5,
    tolerance = 1e-9,
    maxSteps = 2000,
  }: { step?: number; tolerance?: number; maxSteps?: number } = {},
): Minimum {
  const of = (point: readonly number[]): number => {
    const value = f(point);
    return Number.isFinite(value) ? value : Infinity;
  };
  let best: Vertex = { point: start, value: of(start) };
  let left = maxSteps;
  for (;;) {
    const descent = descend(of, best, step, tolerance, left);
    left -= descent.steps;
    const gain = best.value - descent.best.value;
    if (descent.best.value <= best.value) best = descent.best;
    if (left <= 0) return { ...best, converged: false };
    if (!(gain > tolerance * 10)) return { ...best, converged: Number.isFinite(best.value) };
  }
}

interface Vertex {
  readonly point: readonly number[];
  readonly value: number;
}

function descend(
  of: (point: readonly number[]) => number,
  start: Vertex,
  step: number,
  tolerance: number,
  maxSteps: number,
): { best: Vertex; steps: number } {
  const dimensions = start.point.length;
  const vertex = (point: readonly number[]): Vertex => ({ point, value: of(point) });
  const simplex = [
    start,
    ...start.point.map((_, d) => vertex(start.point.map((x, i) => (i === d ? x + step : x)))),
  ];
  for (let steps = 0; ; steps += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const [best = start] = simplex;
    const worst = simplex.at(-1) ?? start;
    const second = simplex.at(-2) ?? start;
    if (worst.value - best.value < tolerance || steps >= maxSteps) return { best, steps };

    const centre = best.point.map(
      (_, d) => simplex.slice(0, -1).reduce((sum, one) => sum + (one.point[d] ?? NaN), 0) / dimensions,
    );
    const along = (factor: number): Vertex =>
      vertex(centre.map((c, d) => c + factor * (c - (worst.point[d] ?? NaN))));
    const reflected = along(REFLECT);
    if (reflected.value < best.value) {
      const expanded = along(EXPAND);
      simplex[dimensions] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) {
      simplex[dimensions] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? CONTRACT : -CONTRACT);
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[dimensions] = contracted;
      else {
        for (const [i, one] of simplex.entries()) {
          if (i === 0) continue;
          simplex[i] = vertex(best.point.map((b, d) => b + SHRINK * ((one.point[d] ?? NaN) - b)));
        }
      }
    }
  }
}
