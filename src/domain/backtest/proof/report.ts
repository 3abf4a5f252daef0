import { z } from "zod";

const statistic = z.number().nullable();
const params = z.record(z.string(), z.unknown());

/**
 * passed: nothing speaks against the run; note: something to know; doubtful: the run is at most "weak";
 * failed: there is no evidence; left out: could not be done, and the conclusion says why.
 */
const standingSchema = z.enum(["passed", "note", "doubtful", "failed", "left out"]);

const test = { standing: standingSchema, conclusion: z.string().describe("One sentence with the figures") };

const lookAheadSchema = z.object({
  ...test,
  cuts: z.int().describe("Rows after which the future was changed"),
  variants: z.array(z.string()).describe("How it was changed"),
  found: z
    .object({
      symbol: z.string().nullable().describe("Null where equity changed and no decision"),
      time: z.string().describe("Close of the row that changed"),
      what: z.enum(["decision", "fill", "equity", "error"]),
      was: z.string(),
      became: z.string(),
      after: z.string().describe("Close of the last row that was left as it is"),
      reads: z.array(z.string()).describe("Fields whose later values alone suffice for the change"),
    })
    .nullable(),
});

const historySchema = z.object({
  ...test,
  starts: z.array(
    z.object({
      time: z.string().describe("Open of the first bar that was loaded"),
      dropped: z.int().describe("Rows left out before it"),
      agreeAfter: z
        .int()
        .nullable()
        .describe("Rows until all further decisions agree; null: to the end none"),
      differing: z.number().describe("Share of the later rows with another decision in force"),
    }),
  ),
  indicators: z.array(
    z.object({
      name: z.string(),
      difference: z.array(statistic).describe("Of the last value, relative, by start"),
    }),
  ),
});

const sweepRow = { totalReturn: statistic, sharpe: statistic, maxDrawdown: statistic };

const costSweepSchema = z.object({
  ...test,
  levels: z.array(z.object({ times: z.number(), ...sweepRow, costs: z.number() })),
  paidBps: statistic.describe("All costs / money traded, in basis points"),
  breakEvenBps: statistic.describe(
    "Flat cost per trade at which no gain over cash is left; null: none to lose",
  ),
  breakEvenAgainstHoldingBps: statistic.describe("The same for the gain over buy and hold"),
});

const lagSweepSchema = z.object({
  ...test,
  levels: z.array(
    z.object({
      bars: z.int().describe("Between decision and fill; 0: the same close, 1: the next open"),
      own: z.boolean().describe("As the run itself"),
      ...sweepRow,
    }),
  ),
});

const interval = z.object({ estimate: statistic, low: statistic, high: statistic });

const bootstrapSchema = z.object({
  ...test,
  confidence: z.number(),
  resamples: z.int(),
  blockLength: z.number().describe("Mean length of a block in periods"),
  periods: z.int(),
  barsPerPeriod: z.int(),
  sharpe: interval,
  cagr: interval,
  maxDrawdown: interval,
  sharpeOverHolding: interval,
  cagrOverHolding: interval,
});

const span = z.object({ from: z.string(), to: z.string() });

const walkForwardSchema = z.object({
  ...test,
  trials: z.int(),
  barsPerPeriod: z.int(),
  purge: z.int().describe("Periods left out between training and test"),
  embargo: z.int().describe("Further periods left out after a test"),
  folds: z.array(
    z.object({
      train: span,
      test: span,
      params,
      inSampleSharpe: statistic,
      outOfSampleSharpe: statistic,
    }),
  ),
  inSampleSharpe: statistic.describe("Mean of the folds"),
  outOfSampleSharpe: statistic.describe("Of all test folds in a row"),
  efficiency: statistic.describe("Out of sample / in sample"),
});

const overfittingSchema = z.object({
  ...test,
  trials: z.array(z.object({ params, sharpe: statistic, totalReturn: statistic, own: z.boolean() })),
  probability: statistic.describe("That the best in sample is below the median out of sample"),
  probabilityOfLoss: statistic,
  blocks: z.int(),
  combinations: z.int(),
  paths: z.array(z.number()).describe("Sharpe ratios of the paths of combinatorial purged cross-validation"),
  independentTrials: statistic.describe("The trials less what they have in common"),
  deflatedSharpe: statistic.describe(
    "Probability that the Sharpe ratio is above that of luck in as many trials",
  ),
});

/** What `--prove` found, test by test. */
export const proofSchema = z.object({
  lookAhead: lookAheadSchema,
  history: historySchema,
  costs: costSweepSchema,
  lags: lagSweepSchema,
  bootstrap: bootstrapSchema,
  walkForward: walkForwardSchema,
  overfitting: overfittingSchema,
  notes: z.array(z.string()).describe("What was thinned, and why"),
});

export type Standing = z.output<typeof standingSchema>;
export type LookAhead = z.output<typeof lookAheadSchema>;
export type HistoryDependence = z.output<typeof historySchema>;
export type CostSweep = z.output<typeof costSweepSchema>;
export type LagSweep = z.output<typeof lagSweepSchema>;
export type Bootstrap = z.output<typeof bootstrapSchema>;
export type WalkForward = z.output<typeof walkForwardSchema>;
export type OverfittingReport = z.output<typeof overfittingSchema>;
export type Proof = z.output<typeof proofSchema>;
