import { AsyncLocalStorage } from "node:async_hooks";
import type { Spending } from "../../domain/cost/spending.ts";
import type { CallSpending } from "./call-spending.ts";

const ofRun = new AsyncLocalStorage<Spending>();
const ofCall = new AsyncLocalStorage<CallSpending>();

/** Does work, a run, whose calls of models are paid with its money. */
export function withSpending<T>(spending: Spending, work: () => T): T {
  return ofRun.run(spending, work);
}

/** The money of the run in progress; undefined outside of runs. */
export function spendingInForce(): Spending | undefined {
  return ofRun.getStore();
}

/** Does one call of a model, whose attempts are paid for one by one. */
export function withCall<T>(call: CallSpending, work: () => T): T {
  return ofCall.run(call, work);
}

/** The money of the call in progress; undefined where none is counted. */
export function callInForce(): CallSpending | undefined {
  return ofCall.getStore();
}
