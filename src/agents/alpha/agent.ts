import { z } from "zod";
import { signalSchema } from "../../domain/alpha/report.ts";
import { alphaPolicySchema } from "../../domain/policy/alpha.ts";
import { symbolsSchema } from "../../domain/run/symbols-input.ts";
import { alphaPrompt } from "../../prompts/alpha.ts";
import { scoreAlphaTool } from "../../tools/score-alpha.ts";
import { defineSpecialist } from "../specialist.ts";

export const alphaAgent = defineSpecialist({
  role: "alpha",
  toolName: "ask_alpha_agent",
  description:
    "Ask the alpha agent for signals on the symbols of a data set: score in [-1, 1], direction, confidence and the evidence of each factor. Returns an alphaId.",
  decides: true,
  prompt: alphaPrompt,
  input: z.object({
    dataSetId: z.string().describe("From fetch_market_data"),
    symbols: symbolsSchema.optional().describe("Default: all of the data set"),
  }),
  tools: [scoreAlphaTool],
  claim: z.object({
    policy: alphaPolicySchema.describe("The policy that you scored with"),
    signals: z.array(signalSchema.pick({ symbol: true, score: true, direction: true })),
    summary: z.string(),
  }),
  rules: (ctx, input) => scoreAlphaTool.run(ctx, input),
  settle: async (ctx, input, claim) => ({
    ...(await scoreAlphaTool.run(ctx, { ...input, policy: claim.policy })),
    summary: claim.summary,
  }),
  summarise: (report) => report.summary,
});
