import { AsyncLocalStorage } from "node:async_hooks";
import type { RunTape } from "../../domain/run/run-tape.ts";

const inForce = new AsyncLocalStorage<RunTape>();

/** Does work, a run, whose calls of models go by way of a tape. */
export function withTape<T>(tape: RunTape, work: () => T): T {
  return inForce.run(tape, work);
}

/** The tape of the run in progress; undefined where none is kept. */
export function tapeInForce(): RunTape | undefined {
  return inForce.getStore();
}
