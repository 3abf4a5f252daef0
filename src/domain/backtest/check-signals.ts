import { FinAgentError } from "../errors.ts";
import type { Panel } from "../market/panel.ts";
import type { Signals } from "./signal.ts";

/**
 * Refuses signals that do not fit the panel.
 * @throws FinAgentError BAD_ARGUMENT naming the place
 */
export function checkSignals({ signals }: Signals, panel: Panel): void {
  if (signals.length !== panel.symbols.length) {
    throw bad(`There are ${signals.length} signals for the ${panel.symbols.length} symbols of the panel.`);
  }
  for (const [s, { bars, sides }] of signals.entries()) {
    const symbol = panel.symbols[s] ?? "";
    if (sides.length !== bars.length) {
      throw bad(`${symbol} has ${sides.length} sides for ${bars.length} bars.`);
    }
    const end = panel.bars[s]?.length ?? 0;
    let before = -1;
    for (let k = 0; k < bars.length; k += 1) {
      const bar = bars[k] ?? -1;
      if (bar <= before)
        throw bad(`${symbol}'s signal must ascend: bar ${bar} (entry ${k}) follows ${before}.`);
      if (bar >= end) throw bad(`${symbol}'s signal has bar ${bar} (entry ${k}) of only ${end}.`);
      const side = sides[k] ?? NaN;
      if (Math.abs(side) !== 1 && side !== 0)
        throw bad(`${symbol}'s signal has a side of ${side} in entry ${k}.`);
      before = bar;
    }
  }
}

function bad(message: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", message, {
    hint: "A signal has ascending bars, each with a side: 1 long, -1 short, 0 cash; one signal per symbol.",
  });
}
