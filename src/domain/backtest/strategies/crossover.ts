import type { Column } from "../../market/column.ts";
import type { Signal } from "../signal.ts";
import { WrongSide } from "../wrong-side.ts";
import { SignalWriter } from "./signal-writer.ts";

/**
 * The signal of a fast line against a slow one: 1 where it crosses from below to above (strictly on both
 * bars), `down` where it crosses from above to below.
 */
export function crossover(fast: Column, slow: Column, down: -1 | 0): Signal {
  if (down !== 0 && down !== -1) throw new WrongSide(0, down);
  const writer = new SignalWriter();
  const { length } = fast;
  let bar = 0;
  // From cross to cross in two loops of one comparison each, which is twice as fast as one loop that asks for both.
  while (bar < length) {
    const first = bar;
    while (bar < length && (fast[bar] ?? NaN) > (slow[bar] ?? NaN)) bar += 1;
    if (bar > first && bar < length && (fast[bar] ?? NaN) < (slow[bar] ?? NaN)) writer.write(bar, down);
    const second = bar;
    while (bar < length && (fast[bar] ?? NaN) < (slow[bar] ?? NaN)) bar += 1;
    if (bar > second && bar < length && (fast[bar] ?? NaN) > (slow[bar] ?? NaN)) writer.write(bar, 1);
    if (bar === first) bar += 1;
  }
  return writer.done();
}
