import type { z } from "zod";
import { describeIssue } from "../domain/describe-issue.ts";
import { FinAgentError } from "../domain/errors.ts";
import type { Factor } from "../domain/alpha/factor.ts";
import type { Strategy } from "../domain/backtest/strategy.ts";
import type { Policies } from "../domain/policy/policies.ts";
import type {
  Artifacts,
  Clock,
  Costs,
  DecisionMemory,
  MarketData,
  PromptVersions,
  RunArchive,
  WorkLog,
  Workers,
} from "../domain/ports.ts";
import type { OptimizeInput } from "../domain/optimize/input.ts";
import type { OptimizeReport } from "../domain/optimize/report.ts";
import type { AskInput } from "../domain/run/ask-input.ts";
import type { RunEvent } from "../domain/run/event.ts";
import type { PipelineInput } from "../domain/run/pipeline-input.ts";
import type { RunIdentity } from "../domain/run/compose.ts";
import type { RunReport } from "../domain/run/report.ts";

/** What a capability may touch. Ports, memory and graphs arrive here; a tool imports none of them. */
export interface ToolContext {
  readonly market: MarketData;
  readonly artifacts: Artifacts;
  readonly clock: Clock;
  /** The instant the run is bound to (epoch ms); null: the latest that the source offers. */
  readonly asOf: number | null;
  readonly seed: number;
  /** The share of the decisions asked of a model below which a run is partial. */
  readonly minModelShare: number;
  /** Alpha factors that the program has added to the built-in ones. */
  readonly factors: ReadonlyMap<string, Factor>;
  /** Strategies that the program has added to the built-in ones, by what callers call them. */
  readonly strategies: ReadonlyMap<string, Strategy>;
  /** The policies of the agents' current prompts. */
  readonly policies: Policies;
  /** By agent, in place of the instructions of its prompt. */
  readonly instructions?: Readonly<Partial<Record<string, string>>>;
  /** Threads for work that takes long, and where it keeps what is done. */
  readonly workers: Workers;
  readonly workLog: WorkLog;
  /** Every version of the agents' prompts. */
  readonly prompts: PromptVersions;
  /** The runs that were kept. */
  readonly runs: RunArchive;
  /** What earlier runs decided and how it turned out. */
  readonly memory: DecisionMemory;
  readonly costs: Costs;
  readonly graphs: Graphs;
  /** Set where a run is taken up again: the checkpoint of its thread that it began at, null for none. */
  readonly resume?: { readonly base: string | null };
  /** Inside another graph's run, whose thread is not for this call to write into. */
  readonly nested?: true;
  /** The run that this call belongs to. */
  readonly identity: RunIdentity;
  readonly signal: AbortSignal;
  emit(event: RunEvent): void;
}

/** The compiled graphs, as capabilities see them. */
export interface Graphs {
  ask(input: AskInput, ctx: ToolContext): Promise<RunReport>;
  pipeline(input: PipelineInput, ctx: ToolContext): Promise<RunReport>;
  optimize(input: OptimizeInput, ctx: ToolContext): Promise<OptimizeReport>;
}

/**
 * One capability, described once. The model's tool, the HTTP route, the command and the MCP tool are thin
 * adapters over it.
 */
export interface Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly access: "read" | "propose" | "trade";
  /** Whether its steps are checkpointed, so that a run that was stopped goes on behind the last one. */
  readonly checkpointed?: true;
  /** Whether it goes by the agents' policies though its output is no report of a run. */
  readonly byPolicy?: true;
  readonly input: I;
  readonly output: O;
  run(ctx: ToolContext, input: z.output<I>): Promise<z.output<O>>;
  /** What of it is a model's: the fields that it may set, and what it is told of the output. Without it all. */
  readonly forModel?: { readonly input: z.ZodObject; brief(output: z.output<O>): unknown };
}

/** Keeps the inferred types of a descriptor. */
export function defineTool<I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>): Tool<I, O> {
  return tool;
}

/**
 * Parses unknown input against a schema.
 * @throws FinAgentError BAD_ARGUMENT that names the first wrong field and lists all of them in its details
 */
export function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw badArgument(parsed.error);
}

/** What a failed parse means to the caller: BAD_ARGUMENT, by field. */
export function badArgument(error: z.ZodError): FinAgentError {
  const problems = fieldProblems(error);
  return new FinAgentError("BAD_ARGUMENT", problems[0] ?? "The input does not fit.", {
    hint: "Correct the named field and try again.",
    details: { fields: problems },
  });
}

/** What is wrong, one sentence a field. */
export function fieldProblems(error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${[...path, key].join(".")}: there is no such field`)
      : [`${path.join(".") || "input"}: ${describeIssue(issue)}`];
  });
}
