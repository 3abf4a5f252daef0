import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { consult, type Mind } from "../agents/consult.ts";
import type { Specialist } from "../agents/specialist.ts";
import { FinAgentError } from "../domain/errors.ts";
import { at } from "../domain/market/column.ts";
import type { DataSet } from "../domain/market/data-set.ts";
import { rebalanceRows, type RollingStage } from "../domain/policy/rolling.ts";
import type { ArtifactKinds } from "../domain/ports.ts";
import type { Step } from "../domain/run/step.ts";
import { addUsage, NO_USAGE, type Usage } from "../domain/run/usage.ts";
import type { ToolContext } from "../tools/tool.ts";
import { DecisionLog } from "./decision-log.ts";
import { patientStage } from "./patient-stage.ts";
import { mindOf, pipelineContext, type PipelineServices } from "./pipeline-context.ts";
import { startStep } from "../tools/start-step.ts";

interface RollingOptions<K extends "alpha" | "risk"> {
  readonly specialist: Specialist<K>;
  readonly shared: PipelineServices;
  readonly config: LangGraphRunnableConfig;
  /** The pipeline's state, which holds its input. */
  readonly state: { readonly references: { readonly data?: string | undefined } };
}

export interface Rolled<K extends "alpha" | "risk"> {
  readonly stage: RollingStage<ArtifactKinds[K]>;
  /** Id of the last date's report, where any date had one. */
  readonly lastId: string | undefined;
  readonly step: Step;
  readonly usage: Usage;
}

/**
 * Asks one agent at every rebalance date, each time with a context bound to the close of that bar. Too little
 * history at a date is noted; every other error ends the run.
 */
export async function rollStage<K extends "alpha" | "risk">(options: RollingOptions<K>): Promise<Rolled<K>> {
  const { specialist, shared, state, config } = options;
  const { ctx, input } = pipelineContext(shared, state, config);
  const dataSet = await ctx.artifacts.get("data-set", state.references.data ?? "");
  const rows = rebalanceRows(dataSet, ctx.policies.portfolio.rebalanceBars);
  const finish = startStep(ctx, specialist.role, specialist.toolName, `${rows.length} dates`);
  const consulted = patientStage<K>(mindOf(shared, input, specialist.role));

  const reports: (ArtifactKinds[K] | null)[] = [];
  const notes: (string | null)[] = [];
  const standIns: number[] = [];
  const log = new DecisionLog();
  let usage: Usage = NO_USAGE;
  for (const [done, row] of rows.entries()) {
    ctx.signal.throwIfAborted();
    try {
      const answer = await consulted(async (mind) =>
        askAt(specialist, ctx, dataSet, row, input.constraints, mind),
      );
      usage = addUsage(usage, answer.usage);
      reports.push(answer.report);
      notes.push(null);
      log.add(answer, at(dataSet.panel.closeTime, row));
      if (answer.fallback !== null) standIns.push(done);
    } catch (error) {
      reports.push(null);
      notes.push(lackOfHistory(error));
    }
    emitProgress(ctx, specialist.role, done + 1, rows.length);
  }

  const last = reports.findLast((report) => report !== null) ?? null;
  const step = finish({
    ...log.told(),
    summary: last === null ? "no date with enough history" : specialist.summarise(last),
  });
  return {
    // A node that is done again after a kill puts it in the same place.
    stage: {
      id: ctx.identity.runId,
      rows,
      reports,
      notes,
      ...(standIns.length === 0 ? {} : { standIns }),
    },
    lastId: last === null ? undefined : await ctx.artifacts.put(specialist.role, last),
    step,
    usage,
  };
}

/** Tells how far a stage is, some fifty times at most: every event goes through the graph's stream. */
export function emitProgress(
  ctx: ToolContext,
  agent: "alpha" | "risk" | "portfolio",
  done: number,
  total: number,
): void {
  if (done === total || done % Math.ceil(total / 50) === 0)
    ctx.emit({ type: "progress", agent, done, total });
}

function askAt<K extends "alpha" | "risk">(
  specialist: Specialist<K>,
  ctx: ToolContext,
  dataSet: DataSet,
  row: number,
  constraints: unknown,
  mind: Mind,
): ReturnType<typeof consult<K, Specialist<K>["input"], Specialist<K>["claim"]>> {
  const bound: ToolContext = { ...ctx, asOf: at(dataSet.panel.closeTime, row) };
  return consult(specialist, bound, specialist.input.parse({ dataSetId: dataSet.id, constraints }), mind);
}

/** The message of a lack of history. @throws any other error */
export function lackOfHistory(error: unknown): string {
  if (error instanceof FinAgentError && error.code === "DATA_INSUFFICIENT") return error.message;
  throw error;
}
