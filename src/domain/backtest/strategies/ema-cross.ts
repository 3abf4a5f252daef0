import type { SignalStrategy } from "../strategy.ts";
import { crossParamsSchema } from "./cross-params.ts";
import { crossover } from "./crossover.ts";

/**
 * As sma-cross, with exponential moving averages, which weigh recent closes more. Rule: Murphy, Technical
 * Analysis of the Financial Markets (1999), ch. 9, exponentially smoothed averages.
 */
export const emaCross: SignalStrategy<typeof crossParamsSchema> = {
  name: "ema-cross",
  description: "Crossover of two exponential moving averages, always in the market after the first cross",
  params: crossParamsSchema,
  signal: ({ close }, { fast, slow, short }, { ema }) =>
    crossover(ema(close, fast), ema(close, slow), short ? -1 : 0),
};
