import { z } from "zod";
import { type Operand, PRICES, SIMPLE } from "./operand.ts";

/** Most bars that a period or `ago` spans. */
export const MOST_BARS = 10_000;

const REFERENCE = /^\$[A-Za-z]\w*$/;

/** `$name`: the value of a parameter. */
export const referenceSchema = z.string().regex(REFERENCE, 'must be "$" and the name of a parameter');

const wordSchema = z
  .string()
  .refine((word) => REFERENCE.test(word) || PRICES.some((price) => price === word), {
    error: `must be ${PRICES.join(", ")}, or "$" and the name of a parameter`,
  });

const period = z.union([z.int().min(1).max(MOST_BARS), referenceSchema]);
const ago = z.union([z.int().min(0).max(MOST_BARS), referenceSchema]).default(0);
const width = z.union([z.number().positive().max(100), referenceSchema]).default(2);
const of = z.lazy(() => operandSchema).default("close");

const indicatorSchema = z.discriminatedUnion(
  "indicator",
  [
    z.strictObject({ indicator: z.literal("price"), of: z.enum(PRICES), ago }),
    z.strictObject({ indicator: z.enum(SIMPLE), of, period, ago }),
    z.strictObject({
      indicator: z.literal("macd"),
      of,
      fast: period.default(12),
      slow: period.default(26),
      signal: period.default(9),
      line: z.enum(["macd", "signal", "histogram"]),
      ago,
    }),
    z.strictObject({
      indicator: z.literal("bollinger-bands"),
      of,
      period: period.default(20),
      width,
      line: z.enum(["upper", "middle", "lower"]),
      ago,
    }),
    z.strictObject({
      indicator: z.literal("stochastic"),
      channel: period.default(14),
      k: period.default(3),
      d: period.default(3),
      line: z.enum(["k", "d"]),
      ago,
    }),
    z.strictObject({
      indicator: z.literal("adx"),
      period: period.default(14),
      line: z.enum(["adx", "plus-di", "minus-di"]),
      ago,
    }),
    z.strictObject({ indicator: z.enum(["atr", "mfi", "williams-r"]), period: period.default(14), ago }),
    z.strictObject({ indicator: z.literal("cci"), period: period.default(20), ago }),
    z.strictObject({ indicator: z.enum(["obv", "true-range", "vwap"]), ago }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? "names no indicator that there is" : undefined) },
);

/** Checks the shape alone; whether a parameter exists and fits is looked at in references.ts. */
export const operandSchema: z.ZodType<Operand> = z.union([z.number(), wordSchema, indicatorSchema]);
