import type { z } from "zod";
import type { Indicators } from "../indicators/indicators.ts";
import type { Bars } from "../market/bars.ts";
import type { Signal } from "./signal.ts";
import type { ParamsSchema, SignalStrategy } from "./strategy.ts";
import { WrongSide } from "./wrong-side.ts";

/**
 * What a strategy decides over the bars of one symbol.
 * @throws FinAgentError BAD_STRATEGY naming the strategy, the symbol and the bar where it says what is no side
 */
export function decideSignal<P extends ParamsSchema>(
  strategy: SignalStrategy<P>,
  bars: Bars,
  params: z.output<P>,
  indicators: Indicators,
): Signal {
  try {
    return strategy.signal(bars, params, indicators);
  } catch (error) {
    throw error instanceof WrongSide ? error.of(strategy.name, bars) : error;
  }
}
