import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { asRun } from "./as-run.ts";
import { assemble, storePlace } from "./assemble.ts";
import type { Config } from "./config.ts";
import type { Strategy } from "./domain/backtest/strategy.ts";
import { endOfDay } from "./domain/market/end-of-day.ts";
import type { ForkChange } from "./domain/run/fork-change.ts";
import { runIdAt } from "./domain/run/run-id.ts";
import { inForce } from "./in-force.ts";
import type { Replayed } from "./domain/run/replayed.ts";
import type { Forked } from "./fork-run.ts";
import { HeldArtifacts } from "./memory/artifacts.ts";
import type { RecordsExamination } from "./memory/records/examine-records.ts";
import { onDataOf } from "./on-data-of.ts";
import { contextOf, performRun, type RunOptions } from "./perform-run.ts";
import { runBeginning } from "./run-beginning.ts";
import { redact } from "./domain/redact.ts";
import { refuseOtherSettings } from "./resumable.ts";
import { secretsOf } from "./secrets.ts";
import type { RuntimeParts } from "./runtime-parts.ts";
import { toldInRun } from "./told-in-run.ts";
import { parseInput, type Tool, type ToolContext } from "./tools/tool.ts";

export type { Forked } from "./fork-run.ts";
export type { RunOptions } from "./perform-run.ts";
export type { RuntimeParts } from "./runtime-parts.ts";

/** The product, put together: every surface calls capabilities through it. */
export interface Runtime {
  readonly config: Config;
  /** Validates the input (BAD_ARGUMENT names the field), runs the capability and returns its output. */
  run<I extends z.ZodType, O extends z.ZodType>(
    tool: Tool<I, O>,
    input: z.input<I>,
    options?: RunOptions,
  ): Promise<z.output<O>>;
  /**
   * Goes on with a run that was stopped or failed, behind the last step that it has done; what has no steps is run again. A
   * partial run is run anew, with the answers that its models gave.
   * @param id of the run, or the beginning of it
   * @throws FinAgentError UNKNOWN_RUN, THREAD_BUSY, and BAD_ARGUMENT where it has ended or was run on something else
   */
  resume(id: string, options?: RunOptions): Promise<unknown>;
  /**
   * Runs a run that has ended once more, with its settings, at its time, with the models' answers from its tape alone, and
   * compares the reports. Nothing is kept of it, and no model is called.
   * @throws FinAgentError UNKNOWN_RUN, BAD_ARGUMENT where the run has no report, TAPE_MISMATCH
   */
  replay(id: string, options?: RunOptions): Promise<Replayed>;
  /**
   * Runs a run with something changed as a run of its own. Answers of models to questions that did not change are taken
   * from the tape of the first.
   * @throws FinAgentError UNKNOWN_RUN, BAD_ARGUMENT where the change does not fit or comes too late
   */
  fork(id: string, change: ForkChange, options?: RunOptions): Promise<Forked>;
  /** Lets go of the store, once the runs have ended: a connection to Redis keeps a process alive. */
  close(): Promise<void>;
}

/**
 * Puts the product together. Models and graphs are made when they are first needed.
 * @throws FinAgentError BAD_ARGUMENT where a factor, a strategy, a policy or a tool among the parts cannot be used
 */
export function createRuntime(config: Config, parts: RuntimeParts = {}): Runtime {
  const assembled = assemble(config, parts);
  const { services, journal, close } = assembled;
  const origin = { config, parts, assembled };
  const current = inForce(assembled);
  // Of what is called without a graph: one call may name what an earlier one has made.
  const artifacts = new HeldArtifacts();

  return {
    config,
    close,
    run: async (tool, input, options = {}) => {
      const parsed = parseInput(tool.input, withoutKeys(input, config));
      const named = runFields(parsed);
      const asOf = named.asOf ?? config.asOf;
      const place = {
        runId: runIdAt(services.clock.now(), randomBytes(6).toString("hex")),
        threadId: named.threadId ?? randomUUID(),
        asOf: asOf === undefined ? null : endOfDay(asOf),
        artifacts,
      };
      const reported = isReported(tool);
      // Who merely looks something up needs no store.
      const now = reported || tool.byPolicy === true ? await current() : assembled;
      if (!reported)
        return tool.run(
          contextOf(now, place, options, () => undefined),
          parsed,
        );
      const log = await journal.begin(runBeginning({ ...origin, assembled: now }, tool, place, parsed));
      const ctx = contextOf(now, place, options, (event) => log.hear(event));
      return performRun(assembled, tool, parsed, ctx, log);
    },
    resume: async (id, options = {}) => {
      const { run, report } = await services.runs.show(id);
      const { toolOfRun } = await import("./tools/reported-tools.ts");
      const tool = toolOfRun(run);
      refuseOtherSettings(run, services, config);
      const parsed = parseInput(tool.input, run.input);
      const { openai } = config;
      const own =
        run.forkedFrom === null
          ? assembled.with(await toldInRun(run, assembled.versions))
          : (await asRun(run, origin, openai, await assembled.records())).assembled;
      const log = await journal.resume(run.id);
      const { threadId, base } = run;
      const asOf = run.asOf === null ? null : Date.parse(run.asOf);
      const place = { runId: run.id, threadId, asOf, artifacts };
      const ctx: ToolContext = {
        ...contextOf(own, place, options, (event) => log.hear(event)),
        ...(run.checkpointed ? { resume: { base } } : {}),
      };
      const rest = async (resumed: ToolContext, asked: typeof parsed): Promise<unknown> => {
        const again = run.status === "partial";
        // It had its report and was not told to have ended.
        if (report !== null && !again) return report;
        if (again && run.checkpointed) {
          const { takeBack } = await import("./take-back.ts");
          await takeBack(run, await assembled.records(), own);
        }
        return onDataOf(run, "Run it anew.", async () => tool.run(resumed, asked));
      };
      return performRun(assembled, { ...tool, run: rest }, parsed, ctx, log, run.forkedFrom?.id);
    },
    replay: async (id, options = {}) => {
      const { replayRun } = await import("./replay-run.ts");
      return replayRun(origin, id, options);
    },
    fork: async (id, change, options = {}) => {
      const { forkRun } = await import("./fork-run.ts");
      return forkRun(origin, id, change, options);
    },
  };
}

/** A report that names its run is kept and can be looked up; a mere look at symbols or strategies is not. */
function isReported(tool: Tool): boolean {
  return tool.output instanceof z.ZodObject && "runId" in tool.output.shape;
}

/**
 * The strategy in a file, for `RuntimeParts.strategies`. A module runs with all rights of the process: never pass on a path
 * that came over a network or from a model.
 * @throws FinAgentError BAD_STRATEGY naming the file and what is wrong with it
 */
export async function loadStrategy(path: string): Promise<Strategy> {
  const { loadStrategy: load } = await import("./adapters/strategy-files/load-strategy.ts");
  return load(path);
}

/**
 * Looks at the store that is configured, and whether it can be written; makes no file.
 * @throws FinAgentError STORE_… where it cannot be used
 */
export async function examineStore(config: Config): Promise<RecordsExamination> {
  const { examineRecords } = await import("./memory/records/examine-records.ts");
  return examineRecords(storePlace(config));
}

/** What every run shares. The graphs, and with them LangChain, are loaded when the first run needs one. */
export function assembleServices(config: Config, parts: RuntimeParts = {}): Services {
  return assemble(config, parts).services;
}

/** As `assembleServices`, with the versions of the prompts that are in force when it is called; the same while they are. */
export function servicesInForce(config: Config, parts: RuntimeParts = {}): () => Promise<Services> {
  const current = inForce(assemble(config, parts));
  return async () => (await current()).services;
}

/** A key that slipped into a request is told to no model and kept nowhere. */
function withoutKeys<T>(input: T, config: Config): T {
  if (typeof input !== "object" || input === null || !("request" in input)) return input;
  const { request } = input;
  return typeof request === "string" ? { ...input, request: redact(request, secretsOf(config)) } : input;
}

/** The fields that belong to the run rather than to the capability. */
function runFields(input: unknown): { asOf?: string; threadId?: string } {
  const field = (name: string): string | undefined => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, name) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const asOf = field("asOf");
  const threadId = field("threadId");
  return { ...(asOf === undefined ? {} : { asOf }), ...(threadId === undefined ? {} : { threadId }) };
}
