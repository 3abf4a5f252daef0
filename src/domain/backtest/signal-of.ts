import type { Signal } from "./signal.ts";
import { SignalWriter } from "./strategies/signal-writer.ts";

/**
 * The signal of a rule that is asked for the side at every bar: 1 long, -1 short, 0 cash, undefined to leave it as it is.
 *
 * @param bars how many there are
 */
export function signalOf(bars: number, side: (bar: number) => -1 | 0 | 1 | undefined): Signal {
  const writer = new SignalWriter();
  for (let bar = 0; bar < bars; bar += 1) {
    const wanted = side(bar);
    if (wanted !== undefined) writer.write(bar, wanted);
  }
  return writer.done();
}
