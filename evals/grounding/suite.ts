import { askInTurn, type Turn } from "../support/ask-in-turn.ts";
import { KnownFigures } from "../support/known-figures.ts";
import { printedFigures } from "../support/printed-figures.ts";
import type { Score, Suite } from "../support/suite.ts";
import { GROUNDING_CASES, type GroundingCase } from "./cases.ts";

/** Markets that samples share. */
const MARKETS = 3;

const AS_OF = "2025-06-30";

/** The last turn, with what the whole conversation had to go by. */
export type GroundingSeen = Pick<Turn, "report" | "error" | "results">;

export const suite: Suite<GroundingCase, GroundingSeen> = {
  name: "grounding",
  claim: "Every figure in an answer was returned by a tool, of the symbol that it is told of.",
  cases: GROUNDING_CASES,
  criteria: () => ["answered", "every figure traced", "none unverified", "figures given"],
  observe: async (subject, { requests }, seed) => {
    const { turns } = await askInTurn(subject, {
      settings: { seed: (seed % MARKETS) + 1, asOf: AS_OF },
      conversations: [requests],
    });
    const { report = null, error = null, results = [] } = turns.at(-1) ?? {};
    return { report, error, results };
  },
  score: ({ figures }, { report, error, results }): readonly Score[] => {
    const answer = report?.answer ?? "";
    const given = printedFigures(answer).length;
    const untraced = new KnownFigures(results).untraced(answer);
    const unverified = report?.unverified ?? [];
    return [
      { criterion: "answered", passed: answer !== "", detail: error ?? "" },
      {
        criterion: "every figure traced",
        passed: untraced.length === 0,
        detail: untraced.length === 0 ? "" : `No tool returned ${untraced.slice(0, 5).join(", ")}.`,
      },
      {
        criterion: "none unverified",
        passed: unverified.length === 0,
        detail: unverified.length === 0 ? "" : `The run itself doubts ${unverified.slice(0, 5).join(", ")}.`,
      },
      {
        criterion: "figures given",
        passed: given >= figures,
        detail: `${given} figures, at least ${figures} expected.`,
      },
    ];
  },
  measure: (_one, { report }) => [{ name: "figures", value: printedFigures(report?.answer ?? "").length }],
};
