import { z } from "zod";

/** What one path did to one portfolio. Returns count from the close before the path; drawdowns are negative. */
const outcomeSchema = z.object({
  fallReturn: z.number().describe("To the close at which the market stands lowest"),
  totalReturn: z.number().describe("To the end of the path"),
  maxDrawdown: z.number(),
  worstDay: z.object({ return: z.number(), day: z.string() }),
  exposureBefore: z.number().describe("Gross exposure at the close before the path"),
  exposureDuring: z.number().describe("Mean gross exposure until the market stands lowest"),
  recoveryBars: z
    .number()
    .int()
    .nullable()
    .describe(
      "Bars of the path until it is back at its beginning after its lowest close; null: not within the path",
    ),
  liquidations: z.number().int().describe("Positions closed for want of margin or of equity"),
  ruined: z.boolean().describe("The equity was lost"),
});

export type Outcome = z.output<typeof outcomeSchema>;

export const scenarioResultSchema = z.object({
  scenario: z.string(),
  kind: z.enum(["historical", "hypothetical"]),
  story: z.string(),
  market: z.object({
    fallReturn: z.number(),
    fallBars: z.number().int(),
    recoveryBars: z.number().int(),
    fallVolatility: z.number().describe("Annualised"),
    recoveryVolatility: z.number().describe("Annualised"),
  }),
  draws: z
    .number()
    .int()
    .describe("Paths drawn; the figures are those of the one with the middle return in the fall"),
  fallReturns: z.object({ low: z.number(), high: z.number() }).describe("Over the draws"),
  tested: outcomeSchema,
  buyAndHold: outcomeSchema.describe("Equal parts of the same symbols on the same path, bought before it"),
});

export type ScenarioResult = z.output<typeof scenarioResultSchema>;
