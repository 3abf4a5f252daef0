import { type Simulation, totalCosts } from "../simulation.ts";
import type { BlockSums } from "./block-sums.ts";
import type { Tally } from "./tally.ts";

/**
 * Adds up a full simulation: what {@link scoreSignal} does for one symbol, for any strategy.
 * @param riskFree per row
 * @param offset of the run's block sums in `sums.into`
 */
export function scoreSimulation(
  simulation: Simulation,
  riskFree: number,
  tally: Tally,
  { blocks, ends, into }: BlockSums,
  offset: number,
): void {
  tally.clear();
  const { equity, exposure, turnover, trades } = simulation;
  const rows = equity.length;
  tally.rows = rows;
  tally.first = equity[0] ?? NaN;
  tally.last = equity[rows - 1] ?? NaN;
  tally.costs = totalCosts(simulation);
  let i = 1;
  for (let block = 0; block < blocks; block += 1) {
    let sum = 0;
    let squares = 0;
    for (const end = ends[block] ?? rows; i < end; i += 1) {
      const gain = (equity[i] ?? NaN) / (equity[i - 1] ?? NaN) - 1;
      sum += gain;
      squares += gain * gain;
      const short = Math.min(gain - riskFree, 0);
      tally.shortSquares += short * short;
    }
    into[offset + 2 * block] = sum;
    into[offset + 2 * block + 1] = squares;
    tally.sum += sum;
    tally.squares += squares;
  }
  let high = -Infinity;
  for (let row = 0; row < rows; row += 1) {
    const value = equity[row] ?? NaN;
    if (value > high) high = value;
    tally.deepest = Math.min(tally.deepest, value / high - 1);
    if (value <= 0) tally.ruined = true;
    tally.exposure += exposure[row] ?? NaN;
    tally.turnover += turnover[row] ?? NaN;
  }
  for (const { open, profit } of trades) {
    tally.trades += 1;
    if (open) continue;
    tally.closed += 1;
    if (profit > 0) {
      tally.won += 1;
      tally.gained += profit;
    } else tally.lost -= profit;
  }
}
