import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import { decisionView } from "../domain/market/decision-view.ts";
import { constraintsSchema } from "../domain/policy/constraints.ts";
import { type PortfolioPolicy, portfolioPolicySchema } from "../domain/policy/portfolio.ts";
import { constructPortfolio } from "../domain/portfolio/construct.ts";
import { portfolioReportSchema } from "../domain/portfolio/report.ts";
import { defineTool } from "./tool.ts";

export const buildPortfolioTool = defineTool({
  name: "build_portfolio",
  description:
    "Build target weights and whole-share positions from an alpha report within what a risk report allows. Both reports are required: no portfolio is built around the risk agent.",
  access: "propose",
  byPolicy: true,
  input: z.object({
    dataSetId: z.string(),
    alphaId: z.string().describe("From ask_alpha_agent"),
    riskId: z.string().describe("From ask_risk_agent"),
    capital: z.number().positive().default(100_000),
    constraints: constraintsSchema.default({}),
    policy: portfolioPolicySchema
      .optional()
      .describe("May differ from the agent's own in method and windows, never in limits"),
    holdings: z.record(z.string(), z.number()).default({}).describe("Current weights by symbol"),
  }),
  output: portfolioReportSchema,
  run: async (ctx, input) => {
    const [dataSet, alpha, risk] = await Promise.all([
      ctx.artifacts.get("data-set", input.dataSetId),
      ctx.artifacts.get("alpha", input.alphaId),
      ctx.artifacts.get("risk", input.riskId),
    ]);
    for (const [name, report] of Object.entries({ alpha, risk })) {
      if (report.dataSetId === dataSet.id) continue;
      throw new FinAgentError(
        "BAD_ARGUMENT",
        `The ${name} report is of the data set ${report.dataSetId}, not of ${dataSet.id}.`,
        { hint: `Ask the ${name} agent about the data set ${dataSet.id} first.` },
      );
    }
    const policy = input.policy ?? ctx.policies.portfolio;
    refuseLooserLimits(policy, ctx.policies.portfolio);
    return constructPortfolio(decisionView(dataSet, ctx.asOf), {
      alpha,
      risk,
      alphaId: input.alphaId,
      riskId: input.riskId,
      policy,
      constraints: input.constraints,
      capital: input.capital,
      holdings: input.holdings,
    });
  },
});

/** A model may choose the method; it cannot write a limit. */
function refuseLooserLimits(chosen: PortfolioPolicy, own: PortfolioPolicy): void {
  const looser = [
    chosen.maxWeight > own.maxWeight && `maxWeight ${chosen.maxWeight} is above ${own.maxWeight}`,
    chosen.maxNames > own.maxNames && `maxNames ${chosen.maxNames} is above ${own.maxNames}`,
    chosen.maxTurnover > own.maxTurnover && `maxTurnover ${chosen.maxTurnover} is above ${own.maxTurnover}`,
    chosen.minCash < own.minCash && `minCash ${chosen.minCash} is below ${own.minCash}`,
    own.longOnly && !chosen.longOnly && "longOnly is switched off",
  ].filter((problem) => problem !== false);
  if (looser.length === 0) return;
  throw new FinAgentError(
    "LIMIT_REFUSED",
    `The limits of the portfolio policy stand: ${looser.join("; ")}.`,
    {
      hint: "Keep the limits of the policy in the prompt; the method and the windows are free.",
    },
  );
}
