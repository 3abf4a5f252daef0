import { randomBytes, randomUUID } from "node:crypto";
import { asRun, type Origin } from "./as-run.ts";
import type { Assembled } from "./assemble.ts";
import { FinAgentError } from "./domain/errors.ts";
import { endOfDay } from "./domain/market/end-of-day.ts";
import { applyChange } from "./domain/run/apply-change.ts";
import type { ForkChange } from "./domain/run/fork-change.ts";
import { pipelineInputSchema } from "./domain/run/pipeline-input.ts";
import { firstReadAt, PIPELINE_STEPS, type PipelineStep, pipelineStep } from "./domain/run/pipeline-steps.ts";
import type { RunHeader } from "./domain/run/run-header.ts";
import { runIdAt } from "./domain/run/run-id.ts";
import { HeldArtifacts } from "./memory/artifacts.ts";
import { copyThread } from "./memory/checkpoints/copy-thread.ts";
import { trimThread } from "./memory/checkpoints/trim-thread.ts";
import { onDataOf } from "./on-data-of.ts";
import { contextOf, performRun, type RunOptions } from "./perform-run.ts";
import { runBeginning } from "./run-beginning.ts";
import { runPipelineTool } from "./tools/run-pipeline.ts";
import { toolOfRun } from "./tools/reported-tools.ts";
import { parseInput } from "./tools/tool.ts";

const FROM_THE_BEGINNING = "Leave --at out: the fork then does all its steps with the prices of today.";

/** What came of a fork. */
export interface Forked {
  /** Id of the new run. */
  readonly run: string;
  readonly from: string;
  /** The first step that was done anew; null: the first of all. */
  readonly at: PipelineStep | null;
  readonly report: unknown;
}

/** See `Runtime.fork`. */
export async function forkRun(
  origin: Origin,
  id: string,
  change: ForkChange,
  options: RunOptions,
): Promise<Forked> {
  const { journal, records: open, services } = origin.assembled;
  const { run } = await services.runs.show(id);
  if (run.status === "running") throw underWay(run);
  const tool = toolOfRun(run);
  const changed = applyChange(run, change);
  const input = parseInput(tool.input, withoutThread(changed.input));
  const at = stepOf(run, change);
  const models = changed.model === run.model ? run.models : {};
  const clock = run.clock ?? run.startedAt;
  const records = await open();
  const fork = await asRun(
    { ...run, ...changed, models, clock },
    ownModels(origin, changed.model !== run.model),
    origin.config.openai,
    records,
  );

  const place = {
    runId: runIdAt(services.clock.now(), randomBytes(6).toString("hex")),
    threadId: randomUUID(),
    asOf: asOfIn(input) ?? (run.asOf === null ? null : Date.parse(run.asOf)),
    artifacts: new HeldArtifacts(),
  };
  const { threadId } = place;
  const from = at === null ? run.base : await checkpointBefore(run, at, fork.assembled);
  try {
    if (from !== null) {
      await copyThread(records, run.threadId, threadId, {});
      await trimThread(records, threadId, from);
    }
    if (at !== null) {
      const { goOnWith } = await fork.assembled.graphs();
      await goOnWith(threadId, at, parseInput(pipelineInputSchema, input));
    }
    const log = await journal.begin({
      ...runBeginning(fork, tool, place, input),
      base: from,
      forkedFrom: { id: run.id, at, set: change.set },
      overrides: changed.overrides,
      clock,
    });
    const ctx = contextOf(fork.assembled, place, options, (event) => log.hear(event));
    const resume = at === null ? {} : { resume: { base: from } };
    const report: unknown = await performRun(
      origin.assembled,
      { ...tool, run: async (...asked) => onDataOf(run, FROM_THE_BEGINNING, async () => tool.run(...asked)) },
      input,
      { ...ctx, ...resume },
      log,
      run.id,
    );
    return { run: place.runId, from: run.id, at, report };
  } catch (error) {
    // Where it has a journal it can be taken up again, and needs its thread.
    const begun = await services.runs.show(place.runId).catch(() => null);
    if (begun === null) await records.drop({ kind: "thread", id: threadId }).catch(() => undefined);
    throw error;
  }
}

/** Null for the first one. @throws FinAgentError BAD_ARGUMENT where there is no such step, or a change comes too late */
function stepOf({ tool, id }: RunHeader, { at, set }: ForkChange): PipelineStep | null {
  const names = Object.keys(set);
  if (names.length === 0)
    throw bad(
      "set",
      `Nothing is changed: a fork of ${id} would be the same.`,
      "Say what to change, e.g. --set input.settings.commission=0.",
    );
  if (tool !== runPipelineTool.name) {
    if (at === undefined || at === "1") return null;
    throw bad("at", `A run of ${tool} can only be forked at its beginning.`, "Leave --at out.");
  }
  const step = at === undefined ? PIPELINE_STEPS[0] : pipelineStep(at);
  for (const name of names) {
    const read = firstReadAt(name);
    if (read === null) throw bad(name, `${name}: no step of a pipeline looks at it.`, "Leave it out.");
    if (step !== undefined && PIPELINE_STEPS.indexOf(read) < PIPELINE_STEPS.indexOf(step)) {
      throw bad(
        name,
        `${name}: at ${step} it comes too late; ${read} is the first step that looks at it.`,
        `Fork at ${read} or before.`,
      );
    }
  }
  return step === undefined || step === PIPELINE_STEPS[0] ? null : step;
}

async function checkpointBefore(run: RunHeader, step: PipelineStep, { graphs }: Assembled): Promise<string> {
  const found = await (await graphs()).beforeStep(run.threadId, step);
  if (found !== null) return found;
  throw bad(
    "at",
    `The run ${run.id} did not come as far as ${step}, or its steps are not kept any more.`,
    "Fork at an earlier step, or at the beginning.",
  );
}

/** A program's own models stand behind the one that the fork names. */
function ownModels(origin: Origin, renamed: boolean): Origin {
  if (!renamed) return origin;
  const { model: _model, models: _models, ...parts } = origin.parts;
  return { ...origin, parts };
}

/** A fork has a thread of its own. */
function withoutThread(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== "threadId"));
}

function asOfIn(input: unknown): number | null {
  const day: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "asOf") : undefined;
  return typeof day === "string" ? endOfDay(day) : null;
}

function bad(field: string, message: string, hint: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", message, { hint, details: { field } });
}

function underWay({ id }: RunHeader): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", `The run ${id} is under way and cannot be forked.`, {
    hint: "Wait until it has ended.",
    details: { id },
  });
}
