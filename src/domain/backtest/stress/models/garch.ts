import { FinAgentError } from "../../../errors.ts";
import { at, type Column } from "../../../market/column.ts";
import { mean, sampleDeviation } from "../../../risk/moments.ts";
import type { BarHistory } from "../bar-history.ts";
import { fitGarch, type GarchFit } from "./fit-garch.ts";
import type { PathModel } from "./path-model.ts";

/**
 * Filtered historical simulation: a GARCH(1,1) for every symbol, driven by its own standardised shocks of dates that
 * are drawn at random and the same for all symbols (Barone-Adesi, Giannopoulos and Vosper, Journal of Futures Markets
 * 19, 1999). Variances begin at their long-run level.
 * Yields before every fit.
 * @throws FinAgentError NUMERICAL where a symbol's history cannot be fitted
 */
export function* garch(symbols: readonly string[], history: BarHistory): Generator<undefined, PathModel> {
  const fits: GarchFit[] = [];
  for (const [s, { move }] of history.shapes.entries()) {
    yield;
    const fit = fitGarch(move);
    if (!("absent" in fit)) {
      fits.push({ ...fit, shocks: standardised(fit.shocks) });
      continue;
    }
    throw new FinAgentError("NUMERICAL", `GARCH cannot be fitted to ${symbols[s] ?? ""}: ${fit.absent}.`, {
      hint: "Choose a longer period or another model: block-bootstrap needs no fit.",
      details: { symbol: symbols[s] ?? "", model: "garch" },
    });
  }
  return {
    name: "garch",
    keeps:
      "Each symbol's volatility rises after large moves and falls back as GARCH(1,1) estimates it, driven by real shocks of random dates: volatility clusters, fat tails and who moves with whom on a date are kept; trends, any order of returns, and volatility that one symbol passes to another are destroyed.",
    estimates: Object.fromEntries(
      fits.map(({ mean: centre, omega, alpha, beta, logLikelihood }, s) => [
        symbols[s] ?? "",
        { mean: centre, omega, alpha, beta, persistence: alpha + beta, logLikelihood },
      ]),
    ),
    draw(random, { dates, moves, sizes }) {
      for (let bar = 0; bar < dates.length; bar += 1) dates[bar] = random.integer(history.length);
      for (const [s, fit] of fits.entries()) run(fit, dates, moves[s], sizes[s]);
    },
  };
}

function run(fit: GarchFit, dates: Int32Array, moves: Column | undefined, sizes: Column | undefined): void {
  if (moves === undefined || sizes === undefined) return;
  const { omega, alpha, beta, deviations, shocks } = fit;
  let variance = omega / (1 - alpha - beta);
  for (let bar = 0; bar < dates.length; bar += 1) {
    const date = dates[bar] ?? 0;
    const deviation = Math.sqrt(variance);
    const shock = deviation * (shocks[date] ?? NaN);
    moves[bar] = fit.mean + shock;
    sizes[bar] = deviation / (deviations[date] ?? NaN);
    variance = omega + alpha * shock * shock + beta * variance;
  }
}

/** Mean 0 and deviation 1, so that drawing them keeps mean and long-run variance. */
function standardised(shocks: Column): Column {
  const centre = mean(shocks);
  const deviation = sampleDeviation(shocks);
  return shocks.map((_, t) => (at(shocks, t) - centre) / deviation);
}
