import { setImmediate as nextTurn } from "node:timers/promises";
import type { ToolContext } from "./tool.ts";

/** How long others may have to wait for their turn. */
const PATIENCE_MS = 20;

/** Does long work step by step: tells each step, lets others have their turn, and stops where the run is stopped. */
export async function inTurns<S, T>(
  ctx: Pick<ToolContext, "signal">,
  work: Generator<S, T>,
  tell: (step: S) => void = () => {},
): Promise<T> {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    tell(step.value);
    if (performance.now() - since < PATIENCE_MS) continue;
    await nextTurn();
    ctx.signal.throwIfAborted();
    since = performance.now();
  }
}
