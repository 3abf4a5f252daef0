import type { Signal } from "./signal.ts";
import { SignalWriter } from "./strategies/signal-writer.ts";
import { WrongSide } from "./wrong-side.ts";

/**
 * The signal of a rule that is asked for the side at every bar: 1 long, -1 short, 0 cash, undefined to leave it as it is.
 *
 * @param bars how many there are
 * @throws WrongSide where the rule says anything else
 */
export function signalOf(bars: number, side: (bar: number) => -1 | 0 | 1 | undefined): Signal {
  const writer = new SignalWriter();
  let bar = 0;
  let wanted: number | undefined;
  for (; bar < bars; bar += 1) {
    wanted = side(bar);
    if (wanted === undefined) continue;
    // Not 1, 0 or -1, without a branch on which of them it is.
    if ((wanted | 0) !== wanted || wanted * wanted > 1) break;
    writer.write(bar, wanted);
  }
  // Thrown within the loop it would slow that down by half.
  if (bar < bars) throw new WrongSide(bar, wanted);
  return writer.done();
}
