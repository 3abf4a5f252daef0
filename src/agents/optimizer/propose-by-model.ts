import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { createAgent } from "langchain";
import { FACTORS } from "../../domain/alpha/factors.ts";
import type { Proposal } from "../../domain/optimize/proposal.ts";
import { compactJson } from "../../domain/run/compact-json.ts";
import { toModelError } from "../../models/model-error.ts";
import { modelName } from "../../models/model-name.ts";
import type { UsageMeter } from "../../models/usage.ts";
import { optimizerPrompt } from "../../prompts/optimizer.ts";
import { fieldProblems, type ToolContext } from "../../tools/tool.ts";
import { recursionLimit, taskLimits } from "../call-limits.ts";
import { countUsage } from "../count-usage.ts";
import { reportForm } from "../report-form.ts";
import { soundCalls } from "../sound-calls.ts";
import { proposalSchema } from "./proposal.ts";
import { type ProposalChecks, proposalProblems } from "./proposal-problems.ts";

/** One question; the second call is for a model that hands in two answers at once. */
const LIMITS = { modelCalls: 2, toolCalls: 2 };

/** So many faults of one proposal are told. */
const MOST_PROBLEMS = 5;

export interface ModelQuestion extends Omit<ProposalChecks, "factors"> {
  readonly model: BaseChatModel;
  readonly current: ProposalChecks["current"] & { readonly version: string };
  /** What is to be improved, e.g. `sharpe`. */
  readonly metric: string;
  readonly target: number;
  /** Why the proposals before this one were not valid. */
  readonly problems?: readonly string[];
  readonly ctx: Pick<ToolContext, "factors" | "signal" | "emit" | "instructions">;
  readonly meter: UsageMeter;
}

export type ModelAnswer =
  { readonly ok: true; readonly proposal: Proposal } | { readonly ok: false; readonly reason: string };

/**
 * Asks a model once for a rewrite of an agent's prompt. An answer that does not fit comes back with the reason: no
 * answer in the form asked for, a schema that is broken, a factor that does not exist, a loosened limit, a policy that was
 * tried, instructions without the agent's rules, a figure that nobody computed.
 * @throws FinAgentError MODEL_* where the endpoint fails
 */
export async function proposeByModel(question: ModelQuestion): Promise<ModelAnswer> {
  const { model, agent, ctx } = question;
  const schema = proposalSchema(agent);
  const handedIn = await handIn(question, reportForm(schema));
  if (typeof handedIn === "string") return { ok: false, reason: handedIn };
  const parsed = schema.safeParse(handedIn.answer);
  if (!parsed.success) return refused(fieldProblems(parsed.error));
  const { instructions, reasoning } = parsed.data;
  const problems = proposalProblems(parsed.data, policyIn(handedIn.answer), {
    ...question,
    factors: ctx.factors,
  });
  if (problems.length > 0) return refused(problems);
  const policy: Record<string, unknown> = { ...parsed.data.policy };
  return {
    ok: true,
    proposal: { author: "model", model: modelName(model), reasoning, instructions, policy },
  };
}

function refused(problems: readonly string[]): ModelAnswer {
  return { ok: false, reason: problems.slice(0, MOST_PROBLEMS).join("; ") };
}

function policyIn(answer: unknown): unknown {
  return typeof answer === "object" && answer !== null && "policy" in answer ? answer.policy : undefined;
}

/** The structured answer, or why there is none. */
async function handIn(
  question: ModelQuestion,
  responseFormat: ReturnType<typeof reportForm>,
): Promise<{ readonly answer: unknown } | string> {
  const { model, ctx, meter } = question;
  const proposer = createAgent({
    model,
    name: "optimizer_agent",
    tools: [],
    systemPrompt: new SystemMessage(
      (ctx.instructions?.[optimizerPrompt.agent] ?? optimizerPrompt.instructions).trim(),
    ),
    responseFormat,
    // Done again after an interruption, from the answers on the tape.
    checkpointer: false,
    middleware: [
      taskLimits(LIMITS),
      soundCalls,
      countUsage(meter, "optimizer", modelName(model), (call) => ctx.emit(call)),
    ],
  });
  const config = { signal: ctx.signal, callbacks: [], recursionLimit: recursionLimit(LIMITS) };
  try {
    const result = await proposer.invoke({ messages: [new HumanMessage(ask(question))] }, config);
    const answer: unknown = "structuredResponse" in result ? result.structuredResponse : undefined;
    return answer === undefined ? "No proposal was handed in." : { answer };
  } catch (thrown) {
    const error = toModelError(thrown);
    // An endpoint that refuses the request has a status; without one it is the answer that is of no use.
    if (error.code === "MODEL_OUTPUT" && error.details["status"] === undefined) return error.message;
    throw error;
  }
}

function ask({ agent, metric, target, current, base, evidence, problems = [], ctx }: ModelQuestion): string {
  const factors = [...FACTORS.values(), ...ctx.factors.values()];
  return [
    `Rewrite the prompt of the ${agent} agent so that the team's ${metric} rises; the target is ${target}.`,
    `Its instructions, version ${current.version}:`,
    fenced("text", current.instructions),
    "Its policy:",
    fenced("json policy", compactJson(current.policy)),
    "The policy of its base prompt, whose limits you may tighten and never loosen:",
    fenced("json base", compactJson(base[agent])),
    ...(agent === "alpha"
      ? ["The factors:", ...factors.map(({ name, description }) => `- ${name}: ${description}`)]
      : []),
    "The evidence, of training spans alone:",
    fenced("json evidence", compactJson(evidence)),
    ...(problems.length === 0
      ? []
      : [`Your last proposals were not valid:\n${problems.map((problem) => `- ${problem}`).join("\n")}`]),
  ].join("\n\n");
}

function fenced(kind: string, text: string): string {
  return `\`\`\`${kind}\n${text}\n\`\`\``;
}
