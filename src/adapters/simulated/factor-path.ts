import { at, type Column } from "../../domain/market/column.ts";
import type { Random } from "../../domain/random.ts";

/** One source of returns (the market, a sector, a company's own part), session by session. */
export interface FactorPath {
  /** Simple returns from the close before to the open, and from the open to the close. */
  readonly overnight: Column;
  readonly day: Column;
  /** Variance of `day` as it stood before the session. */
  readonly variance: Column;
}

/** Weights of a GJR-GARCH(1,1) process: how volatility answers to a shock, to a loss, and how long it lasts. */
export interface Clustering {
  readonly shock: number;
  readonly loss: number;
  readonly memory: number;
}

/** Share of a session's variance that falls between the close and the next open. */
const OVERNIGHT = 0.25;

const NIGHT = Math.sqrt(OVERNIGHT);
const DAY = Math.sqrt(1 - OVERNIGHT);

/**
 * Returns with the given mean and volatility per session, fat tails (Student's t), volatility that clusters
 * and, where `loss` is positive, rises more after losses: the GJR-GARCH model with long-run level 1 on top of
 * `volatility` (L. Glosten, R. Jagannathan, D. Runkle, Journal of Finance 48(5), 1993).
 * Each session depends on draws up to it alone, so a longer path begins with the shorter one.
 */
export function factorPath(
  random: Random,
  mean: Column,
  volatility: Column,
  { shock, loss, memory }: Clustering,
): FactorPath {
  const sessions = mean.length;
  const path = {
    overnight: new Float64Array(sessions),
    day: new Float64Array(sessions),
    variance: new Float64Array(sessions),
  };
  const level = 1 - shock - loss / 2 - memory;
  let heat = 1;
  for (let i = 0; i < sessions; i += 1) {
    const sigma = at(volatility, i) * Math.sqrt(heat);
    const night = NIGHT * fatTailed(random);
    const day = DAY * fatTailed(random);
    path.overnight[i] = OVERNIGHT * at(mean, i) + sigma * night;
    path.day[i] = (1 - OVERNIGHT) * at(mean, i) + sigma * day;
    path.variance[i] = (1 - OVERNIGHT) * sigma * sigma;
    const whole = night + day;
    heat = level + (shock + (whole < 0 ? loss : 0)) * heat * whole * whole + memory * heat;
  }
  return path;
}

/**
 * Student's t with 8 degrees of freedom, scaled to variance 1 (kurtosis 4.5), by the polar method
 * (R. W. Bailey, Mathematics of Computation 62(206), 1994): t = u sqrt(n (w^(-2/n) - 1) / w). With n = 8 the
 * power is two square roots, which are the same on every machine (see Random).
 */
function fatTailed(random: Random): number {
  for (;;) {
    const u = 2 * random.uniform() - 1;
    const v = 2 * random.uniform() - 1;
    const w = u * u + v * v;
    if (w > 1 || w === 0) continue;
    const t = u * Math.sqrt((8 * (1 / Math.sqrt(Math.sqrt(w)) - 1)) / w);
    return t * Math.sqrt(6 / 8);
  }
}
