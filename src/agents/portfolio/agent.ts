import { z } from "zod";
import { constraintsSchema } from "../../domain/policy/constraints.ts";
import { portfolioPolicySchema, weightingMethodSchema } from "../../domain/policy/portfolio.ts";
import { portfolioPrompt } from "../../prompts/portfolio.ts";
import { buildPortfolioTool } from "../../tools/build-portfolio.ts";
import { defineTool, type ToolContext } from "../../tools/tool.ts";
import { defineSpecialist } from "../specialist.ts";

const inputSchema = z.object({
  dataSetId: z.string().describe("From fetch_market_data"),
  alphaId: z.string().describe("From ask_alpha_agent"),
  riskId: z.string().describe("From ask_risk_agent"),
  capital: z.number().positive().default(100_000),
  constraints: constraintsSchema.default({}),
  method: weightingMethodSchema.optional().describe("Default: the method of the agent's policy"),
  holdings: z.record(z.string(), z.number()).default({}).describe("Current weights by symbol"),
});

/** The capability with the fields of the task as they are. */
const buildTool = defineTool({
  ...buildPortfolioTool,
  input: inputSchema.extend({ policy: buildPortfolioTool.input.shape.policy }),
  run: (ctx, { policy, ...task }) => build(ctx, task, policy ?? ctx.policies.portfolio),
});

export const portfolioAgent = defineSpecialist({
  role: "portfolio",
  toolName: "ask_portfolio_agent",
  description:
    "Ask the portfolio agent for weights and whole-share positions from an alpha report, within the exposure that a risk report allows. Returns a portfolioId.",
  decides: true,
  prompt: portfolioPrompt,
  input: inputSchema,
  tools: [buildTool],
  claim: z.object({
    policy: portfolioPolicySchema.describe("The policy that you built with"),
    weights: z.record(z.string(), z.number()),
    cash: z.number(),
    summary: z.string(),
  }),
  rules: (ctx, input) => build(ctx, input, ctx.policies.portfolio),
  settle: async (ctx, input, claim) => ({
    ...(await build(ctx, input, claim.policy)),
    summary: claim.summary,
  }),
  summarise: (report) =>
    report.positions.length === 0
      ? "all cash"
      : report.positions
          .map((position) => `${position.symbol} ${(100 * position.weight).toFixed(1)}%`)
          .join(", "),
});

/** The person's method goes before the policy's. */
function build(
  ctx: ToolContext,
  input: z.output<typeof inputSchema>,
  policy: z.output<typeof portfolioPolicySchema>,
): ReturnType<typeof buildPortfolioTool.run> {
  const { method, ...rest } = input;
  return buildPortfolioTool.run(ctx, {
    ...rest,
    policy: method === undefined ? policy : { ...policy, method },
  });
}
