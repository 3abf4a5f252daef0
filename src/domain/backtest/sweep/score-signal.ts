import type { SignalLedger } from "../signal-ledger.ts";
import type { SignalPath } from "../signal-path.ts";
import type { BlockSums } from "./block-sums.ts";
import type { Tally } from "./tally.ts";
import { tallyTrips } from "./tally-trips.ts";

/**
 * Values what a signal's fills left in the account, row by row, and adds it up: the same equity as that of the
 * full simulation, without a column of it. Rows without a position cost nothing.
 *
 * @param riskFree per row
 * @param offset of the run's block sums in `sums.into`
 */
export function scoreSignal(
  { close, fromRow, toRow, capital }: SignalPath,
  ledger: SignalLedger,
  riskFree: number,
  tally: Tally,
  sums: BlockSums,
  offset: number,
): void {
  tally.clear();
  const { row: fillRows, cash: cashAfter, shares: sharesAfter, length: fills } = ledger;
  const { blocks, ends, into } = sums;
  const rows = toRow - fromRow;
  const free = 4 * riskFree * riskFree;

  let fill = 0;
  let cash = capital;
  let shares = 0;
  while (fill < fills && fillRows[fill] === fromRow) {
    cash = cashAfter[fill] ?? NaN;
    shares = sharesAfter[fill] ?? NaN;
    fill += 1;
  }
  const first = cash + shares * (close[fromRow] ?? NaN);
  let previous = first;
  let inverse = 1 / first;
  let high = first;
  let low = first;
  let deepest = 0;
  let totalSum = 0;
  let totalSquares = 0;
  let shortSquares = 0;
  let exposure = shares === 0 ? 0 : Math.abs(shares * (close[fromRow] ?? NaN)) * inverse;

  let block = 0;
  let blockEnd = ends[0] ?? rows;
  let sum = 0;
  let squares = 0;
  let i = 1;
  for (;;) {
    const next = fill < fills ? (fillRows[fill] ?? toRow) - fromRow : rows;
    const until = next < blockEnd ? next : blockEnd;
    if (shares !== 0) {
      const begin = i;
      let inverses = 0;
      for (; i < until; i += 1) {
        const equity = cash + shares * (close[fromRow + i] ?? NaN);
        const gain = (equity - previous) * inverse;
        sum += gain;
        squares += gain * gain;
        // Twice min(over, 0), without a branch that nobody can foresee.
        const over = gain - riskFree;
        const short = over - Math.abs(over);
        shortSquares += short * short;
        inverse = 1 / equity;
        inverses += inverse;
        previous = equity;
        if (equity > high) {
          if (low < high) deepest = Math.min(deepest, low / high - 1);
          high = equity;
          low = equity;
        } else if (equity < low) low = equity;
      }
      // The sum of |equity - cash| / equity.
      exposure += shares > 0 ? i - begin - cash * inverses : cash * inverses - (i - begin);
    } else if (i < until) {
      const gain = (cash - previous) * inverse;
      sum += gain;
      squares += gain * gain;
      const short = 2 * Math.min(gain - riskFree, 0);
      shortSquares += short * short + (until - i - 1) * free;
      previous = cash;
      inverse = 1 / cash;
      if (cash > high) {
        if (low < high) deepest = Math.min(deepest, low / high - 1);
        high = cash;
        low = cash;
      } else if (cash < low) low = cash;
      i = until;
    }
    if (i === blockEnd) {
      into[offset + 2 * block] = sum;
      into[offset + 2 * block + 1] = squares;
      totalSum += sum;
      totalSquares += squares;
      sum = 0;
      squares = 0;
      block += 1;
      if (block === blocks) break;
      blockEnd = ends[block] ?? rows;
    }
    if (i === next && fill < fills) {
      cash = cashAfter[fill] ?? NaN;
      shares = sharesAfter[fill] ?? NaN;
      fill += 1;
    }
  }
  if (low < high) deepest = Math.min(deepest, low / high - 1);

  tally.rows = rows;
  tally.first = first;
  tally.last = previous;
  tally.sum = totalSum;
  tally.squares = totalSquares;
  tally.shortSquares = shortSquares / 4;
  tally.deepest = deepest;
  tally.exposure = exposure;
  tally.ruined = ledger.ruinedRow >= 0;
  tally.costs = ledger.totalCommission + ledger.spread + ledger.slippage;
  tallyTrips(ledger, tally);
}
