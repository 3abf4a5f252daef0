import { sma } from "../../indicators/sma.ts";
import type { Strategy } from "../strategy.ts";
import { crossParamsSchema } from "./cross-params.ts";
import { crossover } from "./crossover.ts";
import { signalTargets } from "./signal-targets.ts";

/**
 * Long when the fast simple moving average of closes crosses above the slow one, short (or cash) when it
 * crosses below. Flat until the first cross. Rule: Murphy, Technical Analysis of the Financial Markets
 * (1999), ch. 9, double crossover.
 */
export const smaCross: Strategy<typeof crossParamsSchema> = {
  name: "sma-cross",
  description: "Crossover of two simple moving averages, always in the market after the first cross",
  params: crossParamsSchema,
  targets: (panel, { fast, slow, short }) =>
    signalTargets(panel, ({ close }) => crossover(sma(close, fast), sma(close, slow), short ? -1 : 0)),
};
