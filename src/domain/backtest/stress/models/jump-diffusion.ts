import { FinAgentError } from "../../../errors.ts";
import type { BarHistory } from "../bar-history.ts";
import { fitJumpDiffusion, type JumpDiffusionFit, mixtureOf } from "./fit-jump-diffusion.ts";
import { mixtureQuantile } from "./mixture-quantile.ts";
import type { PathModel } from "./path-model.ts";
import { RankTable } from "./rank-table.ts";

/**
 * Merton's jump diffusion for every symbol. Dates drawn at random, the same for all symbols, say where each symbol
 * stands in its own distribution (the empirical copula), and the fitted distribution says how far that is.
 * Yields before every fit.
 * @throws FinAgentError NUMERICAL where a symbol's history cannot be fitted
 */
export function* jumpDiffusion(
  symbols: readonly string[],
  history: BarHistory,
): Generator<undefined, PathModel> {
  const even = new Float64Array(history.length).fill(1);
  const fits: JumpDiffusionFit[] = [];
  for (const [s, { move }] of history.shapes.entries()) {
    yield;
    const fit = fitJumpDiffusion(move);
    if (!("absent" in fit)) {
      fits.push(fit);
      continue;
    }
    throw new FinAgentError(
      "NUMERICAL",
      `Jump diffusion cannot be fitted to ${symbols[s] ?? ""}: ${fit.absent}.`,
      {
        hint: "Choose a longer period or another model: block-bootstrap needs no fit.",
        details: { symbol: symbols[s] ?? "", model: "jump-diffusion" },
      },
    );
  }
  const quantiles = fits.map((fit) => mixtureQuantile(mixtureOf(fit)));
  const ranks = history.shapes.map(({ move }) => new RankTable(move, even));
  return {
    name: "jump-diffusion",
    keeps:
      "Returns are independent from bar to bar, normal with rare jumps as fitted (Merton), and who moves with whom on a date is kept; clusters of volatility, trends and everything else that one bar could say about the next are destroyed.",
    estimates: Object.fromEntries(fits.map((fit, s) => [symbols[s] ?? "", { ...fit }])),
    draw(random, { dates, moves, sizes }) {
      for (let bar = 0; bar < dates.length; bar += 1) {
        const date = random.integer(history.length);
        dates[bar] = date;
        for (let s = 0; s < moves.length; s += 1) {
          const probability = ranks[s]?.probability(date, random.uniform()) ?? NaN;
          const column = moves[s];
          if (column !== undefined) column[bar] = quantiles[s]?.(probability) ?? NaN;
        }
      }
      for (const column of sizes) column.fill(1);
    },
  };
}
