import type { z } from "zod";
import { INDICATORS, type Indicators } from "../indicators/indicators.ts";
import type { Panel } from "../market/panel.ts";
import { decideSignal } from "./decide-signal.ts";
import type { Decisions } from "./decisions.ts";
import type { ParamsSchema, Strategy } from "./strategy.ts";

/** What a strategy decides over a panel. */
export function decide<P extends ParamsSchema>(
  strategy: Strategy<P>,
  panel: Panel,
  params: z.output<P>,
  indicators: Indicators = INDICATORS,
): Decisions {
  if ("signal" in strategy) {
    return { signals: panel.bars.map((bars) => decideSignal(strategy, bars, params, indicators)) };
  }
  if ("onBar" in strategy) return { onBar: (desk) => strategy.onBar(desk, params) };
  return strategy.targets(panel, params, indicators);
}
