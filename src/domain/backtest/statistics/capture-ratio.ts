import type { Column } from "../../market/column.ts";
import { absent, finite, type Statistic } from "../../statistic.ts";

/** Periods compounded before a logarithm is taken: all in one product would overflow, one by one is slow. */
const STRETCH = 64;

export interface CaptureRatios {
  readonly up: Statistic;
  readonly down: Statistic;
}

/**
 * Capture ratios: geometric mean of the returns in the periods in which the market rose (up) or fell (down) / that
 * of the market's own (Morningstar's upside and downside capture; Bacon, Practical Portfolio Performance
 * Measurement, 2nd edition, chapter 3). 1 moves as the market does; a good downside capture is small. empyrical
 * brings both means to a year first, which has no meaning for bars of minutes. Absent where the market never rose
 * (fell).
 * @param market returns over the same rows
 */
export function captureRatios(returns: Column, market: Column): CaptureRatios {
  const up = new Capture();
  const down = new Capture();
  for (let t = 0; t < returns.length; t += 1) {
    const move = market[t] ?? NaN;
    if (move > 0) up.add(returns[t] ?? NaN, move);
    else if (move < 0) down.add(returns[t] ?? NaN, move);
  }
  return { up: up.ratio("The market never rose."), down: down.ratio("The market never fell.") };
}

class Capture {
  #periods = 0;
  #own = 0;
  #market = 0;
  #ownGrowth = 1;
  #marketGrowth = 1;

  add(own: number, market: number): void {
    this.#periods += 1;
    this.#ownGrowth *= 1 + own;
    this.#marketGrowth *= 1 + market;
    if (this.#periods % STRETCH === 0) this.#fold();
  }

  ratio(none: string): Statistic {
    if (this.#periods === 0) return absent(none);
    this.#fold();
    const own = Math.expm1(this.#own / this.#periods);
    return finite(own / Math.expm1(this.#market / this.#periods), "The market's moves are too small.");
  }

  #fold(): void {
    this.#own += Math.log(this.#ownGrowth);
    this.#market += Math.log(this.#marketGrowth);
    this.#ownGrowth = 1;
    this.#marketGrowth = 1;
  }
}
