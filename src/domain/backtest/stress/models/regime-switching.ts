import { FinAgentError } from "../../../errors.ts";
import { at, type Column, countAtMost } from "../../../market/column.ts";
import { normalQuantile } from "../../../risk/normal.ts";
import type { BarHistory } from "../bar-history.ts";
import { fitRegimes } from "./fit-regimes.ts";
import type { PathModel } from "./path-model.ts";
import { RankTable } from "./rank-table.ts";

/** One symbol in one state. */
interface Part {
  readonly mean: number;
  readonly deviation: number;
  readonly ranks: RankTable;
}

/**
 * Two regimes that all symbols share, found in the mean of their returns; within a regime each symbol's returns are
 * normal with its own mean and deviation there. Dates of the same regime, drawn at random and the same for all symbols,
 * say where each symbol stands in its distribution.
 * @throws FinAgentError NUMERICAL where no two regimes are found
 */
export function regimeSwitching(history: BarHistory): PathModel {
  const moves = history.shapes.map((shapes) => shapes.move);
  const average = new Float64Array(history.length);
  for (const column of moves) {
    for (let t = 0; t < history.length; t += 1) average[t] = at(average, t) + at(column, t) / moves.length;
  }
  const fit = fitRegimes(average);
  if ("absent" in fit) {
    throw new FinAgentError("NUMERICAL", `Regimes cannot be fitted to these symbols: ${fit.absent}.`, {
      hint: "Choose a longer period or another model: block-bootstrap needs no fit.",
      details: { model: "regime-switching" },
    });
  }
  const { calm, wild, wildness, logLikelihood } = fit;
  const weights = [wildness.map((p) => 1 - p), wildness];
  const drawDate = weights.map(dateDrawer);
  const parts = weights.map((weight) => moves.map((column) => partOf(column, weight)));
  const wildShare = (1 - calm.stays) / (2 - calm.stays - wild.stays);
  return {
    name: "regime-switching",
    keeps:
      "A calm and a wild regime follow each other as fitted (hidden Markov model), with normal returns in each: how long regimes last, how volatile they are and who moves with whom in them is kept; trends within a regime and tails fatter than the mixture's are destroyed.",
    estimates: {
      calm: { mean: calm.mean, deviation: calm.deviation, stays: calm.stays, share: 1 - wildShare },
      wild: { mean: wild.mean, deviation: wild.deviation, stays: wild.stays, share: wildShare },
      all: { logLikelihood },
    },
    draw(random, { dates, moves: drawn, sizes }) {
      let state = random.uniform() < wildShare ? 1 : 0;
      for (let bar = 0; bar < dates.length; bar += 1) {
        if (bar > 0 && random.uniform() >= (state === 1 ? wild.stays : calm.stays)) state = 1 - state;
        const date = drawDate[state]?.(random.uniform()) ?? 0;
        dates[bar] = date;
        for (let s = 0; s < drawn.length; s += 1) {
          const part = parts[state]?.[s];
          const column = drawn[s];
          if (part === undefined || column === undefined) continue;
          const probability = part.ranks.probability(date, random.uniform());
          column[bar] = part.mean + part.deviation * normalQuantile(probability);
        }
      }
      for (const column of sizes) column.fill(1);
    },
  };
}

/** Weighted mean and deviation, and the place of every date. */
function partOf(moves: Column, weights: Column): Part {
  let total = 0;
  let sum = 0;
  for (let t = 0; t < moves.length; t += 1) {
    total += at(weights, t);
    sum += at(weights, t) * at(moves, t);
  }
  const mean = sum / total;
  let squares = 0;
  for (let t = 0; t < moves.length; t += 1) squares += at(weights, t) * (at(moves, t) - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / total), ranks: new RankTable(moves, weights) };
}

/** Draws an entry with the probability of its weight from a number in [0, 1). */
function dateDrawer(weights: Column): (uniform: number) => number {
  const below = new Float64Array(weights.length);
  let total = 0;
  for (let t = 0; t < weights.length; t += 1) {
    below[t] = total;
    total += at(weights, t);
  }
  return (uniform) => countAtMost(below, uniform * total) - 1;
}
