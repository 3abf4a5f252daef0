/**
 * An alpha factor of your own, in the alpha agent's policy: every run uses it, and the report names it in the
 * evidence of each signal.
 *
 *     npx node examples/custom-factor.ts
 *
 * The factor: stocks that lately had one very good day are bought like lottery tickets and disappoint after (Bali,
 * Cakici and Whitelaw, "Maxing Out", Journal of Financial Economics 99, 2011).
 */
import {
  absent,
  at,
  createRuntime,
  DEFAULT_POLICIES,
  type Factor,
  loadConfig,
  runPipelineTool,
} from "../src/index.ts";

/** About the best day of a month of a large share; there the score is 0. */
const USUAL = 0.03;

const calmestBest: Factor = {
  name: "calmest-best",
  description: "Minus the best daily return of the look-back: lottery-like stocks disappoint.",
  /** The bars end at the time of the decision; the figure is the greater, the better for the price. */
  evaluate({ close, length }, lookbackBars) {
    if (length <= lookbackBars) return absent(`${length} bars known, ${lookbackBars + 1} needed`);
    let best = -Infinity;
    for (let i = length - lookbackBars; i < length; i++) {
      best = Math.max(best, at(close, i) / at(close, i - 1) - 1);
    }
    return -best;
  },
  /** In [-1, 1], rising with the figure. */
  score: (value) => Math.tanh((value + USUAL) / USUAL),
};

const runtime = createRuntime(loadConfig(), {
  factors: [calmestBest],
  policies: {
    alpha: {
      // Beside the agent's own factors, and with as much to say as all of them.
      factors: [...DEFAULT_POLICIES.alpha.factors, { name: calmestBest.name, lookbackBars: 21, weight: 1 }],
      combination: "cross-section",
    },
    portfolio: { rebalanceBars: 10 },
  },
});

const report = await runtime.run(runPipelineTool, {
  symbols: ["AAPL", "MSFT", "NVDA", "JPM", "XOM"],
  from: "2024-01-02",
  to: "2024-12-31",
});

console.log(`signals at the last of ${report.rebalances.length} dates, ${report.rebalances.at(-1)?.time}`);
for (const { symbol, score, direction, evidence } of report.signals) {
  const mine = evidence.find(({ factor }) => factor === calmestBest.name);
  const own = `${calmestBest.name} ${mine?.value?.toFixed(5)} scores ${mine?.score?.toFixed(2)}`;
  console.log(`${symbol.padEnd(5)} ${score.toFixed(2).padStart(5)} ${direction.padEnd(7)} ${own}`);
}
console.log("Sharpe", report.metrics?.sharpe?.toFixed(2), "verdict", report.verdict?.conclusion);
// The prompt's version, and the hash of the policy that stands in for its own.
console.log("alpha prompt", report.prompts["alpha"]);
