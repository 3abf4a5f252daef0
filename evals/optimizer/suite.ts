import type { OptimizeReport } from "../../src/domain/optimize/report.ts";
import { optimizeAgentPromptsTool } from "../../src/tools/optimize-agent-prompts.ts";
import { showPromptTool } from "../../src/tools/show-prompt.ts";
import { plantedMarket } from "../../tests/support/planted-market.ts";
import type { Score, Suite } from "../support/suite.ts";
import { OPTIMIZER_CASES, type OptimizerCase } from "./cases.ts";

export interface OptimizerSeen {
  readonly report: OptimizeReport;
  /** The alpha version in force afterwards. */
  readonly inForce: string;
}

const SYMBOLS = 6;
/** Five years after one of history. */
const WINDOW = { bars: "2019-06-03", from: "2020-06-01", asOf: "2025-06-30" };

export const suite: Suite<OptimizerCase, OptimizerSeen> = {
  name: "optimizer",
  claim:
    "It finds and promotes the better prompt that is planted in a market, and where there is none it promotes nothing.",
  cases: OPTIMIZER_CASES,
  criteria: ({ edge }) =>
    edge > 0
      ? ["promoted", "better on bars that nobody saw", "in force"]
      : ["nothing promoted", "says what could not be shown", "in force"],
  observe: async (subject, { seed: market, edge, budget }, seed) => {
    const { bars: from } = WINDOW;
    const runtime = subject.runtime(
      { asOf: WINDOW.asOf, seed },
      { market: plantedMarket(market, { edge, from, symbols: SYMBOLS }) },
    );
    try {
      const report = await runtime.run(optimizeAgentPromptsTool, {
        agent: "alpha",
        // On the market without an edge out of reach.
        target: edge > 0 ? 1 : 9,
        budget,
        symbols: Array.from({ length: SYMBOLS }, (_, k) => `P0${k + 1}`),
        from: WINDOW.from,
      });
      const { version: inForce } = await runtime.run(showPromptTool, { agent: "alpha" });
      return { report, inForce };
    } finally {
      await runtime.close();
    }
  },
  score: ({ edge }, { report, inForce }): readonly Score[] => {
    const { promoted, baseline, holdout, trials, notImproved } = report;
    const tried = trials.map(({ verdict }) => verdict).join(", ");
    const [own, before] = [holdout.candidate?.sharpe ?? -Infinity, holdout.baseline?.sharpe ?? Infinity];
    const right = promoted ?? baseline.version;
    const stays: Score = {
      criterion: "in force",
      passed: inForce === right,
      detail: `expected ${right}, saw ${inForce}`,
    };
    return edge > 0
      ? [
          { criterion: "promoted", passed: promoted !== null, detail: `saw ${tried}` },
          {
            criterion: "better on bars that nobody saw",
            passed: holdout.confirmed && own > before,
            detail: `saw ${holdout.says}`,
          },
          stays,
        ]
      : [
          { criterion: "nothing promoted", passed: promoted === null, detail: `saw ${tried}` },
          {
            criterion: "says what could not be shown",
            passed: notImproved.length > 0,
            detail: "saw nothing said",
          },
          stays,
        ];
  },
  measure: (_one, { report }) => [{ name: "candidates tried", value: report.trials.length }],
};
