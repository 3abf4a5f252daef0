import { ema } from "../../indicators/ema.ts";
import type { Strategy } from "../strategy.ts";
import { crossParamsSchema } from "./cross-params.ts";
import { crossover } from "./crossover.ts";
import { signalTargets } from "./signal-targets.ts";

/** As sma-cross, with exponential moving averages, which weigh recent closes more. */
export const emaCross: Strategy<typeof crossParamsSchema> = {
  name: "ema-cross",
  description: "Crossover of two exponential moving averages, always in the market after the first cross",
  params: crossParamsSchema,
  targets: (panel, { fast, slow, short }) =>
    signalTargets(panel, ({ close }) => crossover(ema(close, fast), ema(close, slow), short ? -1 : 0)),
};
