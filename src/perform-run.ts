import type { z } from "zod";
import type { Assembled } from "./assemble.ts";
import type { Artifacts } from "./domain/ports.ts";
import type { RunEvent } from "./domain/run/event.ts";
import type { RunLog } from "./memory/journal/run-log.ts";
import { recordingTape } from "./memory/tape/recording-tape.ts";
import { withSpending } from "./models/spending/in-force.ts";
import { tapeInForce, withTape } from "./models/tape/with-tape.ts";
import type { Tool, ToolContext } from "./tools/tool.ts";
import { withFlag } from "./with-flag.ts";

export interface RunOptions {
  /** Steps, plan, tokens and the report, as they come. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Ends the run at the next point where that is safe. */
  readonly signal?: AbortSignal;
}

/** Which run it is, where it is checkpointed, and what it may know. */
export interface RunPlace {
  readonly runId: string;
  readonly threadId: string;
  /** Epoch milliseconds; null: the latest that there is. */
  readonly asOf: number | null;
  /** Of what is called without a graph. */
  readonly artifacts: Artifacts;
}

/** @param hear is told every event before the caller is */
export function contextOf(
  { services }: Pick<Assembled, "services">,
  { runId, threadId, asOf, artifacts }: RunPlace,
  { onEvent, signal }: RunOptions,
  hear: (event: RunEvent) => void,
): ToolContext {
  return {
    ...services,
    identity: { ...services.identity, runId, threadId },
    artifacts,
    asOf,
    signal: signal ?? new AbortController().signal,
    emit: (event) => {
      hear(event);
      onEvent?.(event);
    },
  };
}

/**
 * A run from its journal's first or `resumed` event to its end.
 * @param answersOf the run whose answers to equal questions are taken in place of calls
 */
export async function performRun<I extends z.ZodType, O extends z.ZodType>(
  { journal, records, services }: Pick<Assembled, "journal" | "records" | "services">,
  tool: Tool<I, O>,
  input: z.output<I>,
  ctx: ToolContext,
  log: RunLog,
  answersOf?: string,
): Promise<z.output<O>> {
  const { runId, threadId } = ctx.identity;
  const from = answersOf === undefined ? {} : { answersOf };
  // Who replays has put another tape in force.
  const tape =
    tapeInForce() === undefined
      ? recordingTape({ records, runId, cache: asksModelAtEveryDate(input), ...from })
      : null;
  const spending = services.costs.spendingOf(runId);
  try {
    ctx.emit({ type: "started", runId, threadId });
    const work = async (): Promise<z.output<O>> => tool.run(ctx, input);
    const paid = async (): Promise<z.output<O>> => withSpending(spending, work);
    const report = await (tape === null ? paid() : withTape(tape, paid));
    const told = withFlags(report, [
      ["The tape of this run is not whole", tape?.fault() ?? null],
      ["What the models of this run cost could not be kept", spending.fault()],
    ]);
    const unkept = await log.reported(told);
    return unkept === null ? told : withFlag(told, `The journal of this run could not be kept: ${unkept}`);
  } catch (error) {
    await log.failed(error, ctx.signal.aborted);
    throw error;
  } finally {
    journal.ended(runId);
  }
}

function withFlags<T>(report: T, faults: readonly (readonly [string, string | null])[]): T {
  return faults.reduce(
    (told, [what, fault]) => (fault === null ? told : withFlag(told, `${what}: ${fault}`)),
    report,
  );
}

/** Such runs take answers of earlier ones to equal questions. */
function asksModelAtEveryDate(input: unknown): boolean {
  return typeof input === "object" && input !== null && "agents" in input && input.agents === "llm";
}
