import type { SignalStrategy } from "../strategy.ts";
import { crossParamsSchema } from "./cross-params.ts";
import { crossover } from "./crossover.ts";

/**
 * Long when the fast simple moving average of closes crosses above the slow one, short (or cash) when it
 * crosses below. Flat until the first cross. Rule: Murphy, Technical Analysis of the Financial Markets
 * (1999), ch. 9, double crossover.
 */
export const smaCross: SignalStrategy<typeof crossParamsSchema> = {
  name: "sma-cross",
  description: "Crossover of two simple moving averages, always in the market after the first cross",
  params: crossParamsSchema,
  signal: ({ close }, { fast, slow, short }, { sma }) =>
    crossover(sma(close, fast), sma(close, slow), short ? -1 : 0),
};
