import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { type AgentMiddleware, createAgent } from "langchain";
import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import type { ArtifactKinds } from "../domain/ports.ts";
import { claimProblems } from "../domain/run/claim.ts";
import { unverifiedFigures } from "../domain/run/grounding.ts";
import { canonicalJson } from "../domain/hash.ts";
import { toModelError } from "../models/model-error.ts";
import { modelName } from "../models/model-name.ts";
import type { UsageMeter } from "../models/usage.ts";
import { fieldProblems, type ToolContext } from "../tools/tool.ts";
import { countUsage } from "./count-usage.ts";
import { toLangChainTool } from "./langchain-tool.ts";
import { recursionLimit, taskLimits } from "./call-limits.ts";
import { modelCanActOn } from "./model-can-act-on.ts";
import { reportForm } from "./report-form.ts";
import { soundCalls } from "./sound-calls.ts";
import type { Role, Specialist } from "./specialist.ts";

/** What one specialist may call for one report. */
const LIMITS = { modelCalls: 8, toolCalls: 16 };

/** How often a report that is wrong is sent back. */
const CORRECTIONS = 1;

/** A specialist and what it is asked. */
export interface Task<K extends Role, I extends z.ZodType, C extends z.ZodObject> {
  readonly specialist: Specialist<K, I, C>;
  readonly ctx: ToolContext;
  readonly input: z.output<I>;
  /** What the rules report on it. */
  readonly byRules: ArtifactKinds[K];
}

export interface ModelReport<K extends Role> {
  readonly report: ArtifactKinds[K];
  /** The model's own words, whose figures were found in the report. */
  readonly summary: string;
}

/**
 * The llm mind: a LangChain agent with the prompt and the specialist's tools, ending in structured output that
 * code checks against what it computed.
 * @throws FinAgentError MODEL_* where the model fails, or still answers wrongly after its corrections
 */
export async function askModel<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  task: Task<K, I, C>,
  model: BaseChatModel,
  meter: UsageMeter,
): Promise<ModelReport<K>> {
  const { specialist, ctx, input } = task;
  const counted = countUsage(meter, specialist.role, modelName(model), (call) => ctx.emit(call));
  const middleware: AgentMiddleware[] = [taskLimits(LIMITS), soundCalls, counted];
  const agent = createAgent({
    model,
    name: `${specialist.role}_agent`,
    tools: specialist.tools.map((capability) => toLangChainTool(capability, ctx)),
    systemPrompt: new SystemMessage(systemPrompt(specialist, ctx)),
    responseFormat: reportForm(specialist.claim),
    // Done again after an interruption, from the answers on the tape: what it has spent is counted by the task alone.
    checkpointer: false,
    middleware,
  });
  const config = {
    signal: ctx.signal,
    // What this model says goes into the report, not into the stream of the manager's answer.
    callbacks: [],
    recursionLimit: recursionLimit(LIMITS),
  };
  let messages: BaseMessage[] = [new HumanMessage(`Your task:\n\`\`\`json\n${canonicalJson(input)}\n\`\`\``)];
  for (let corrections = 0; ; corrections++) {
    const result = await agent.invoke({ messages }, config).catch((error: unknown) => {
      throw toModelError(error);
    });
    const judged = await judge(task, "structuredResponse" in result ? result.structuredResponse : undefined);
    if ("report" in judged) return judged;
    if (corrections === CORRECTIONS) {
      throw new FinAgentError(
        "MODEL_OUTPUT",
        `The model's ${specialist.role} report is wrong: ${judged.problems[0]}`,
        {
          hint: "The rules of the agent's policy were used instead.",
          details: { problems: judged.problems },
        },
      );
    }
    messages = [...(result.messages as BaseMessage[]), new HumanMessage(correction(judged.problems))];
  }
}

/** The report that follows from the model's claim, or what is wrong with the claim. */
async function judge<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  { specialist, ctx, input, byRules }: Task<K, I, C>,
  response: unknown,
): Promise<ModelReport<K> | { readonly problems: readonly string[] }> {
  if (response === undefined) return { problems: ["No report was handed in."] };
  const claim = specialist.claim.safeParse(response);
  if (!claim.success) return { problems: fieldProblems(claim.error) };
  try {
    const report =
      specialist.settle === undefined ? byRules : await specialist.settle(ctx, input, claim.data);
    const problems = [...claimProblems(claim.data, report), ...looseFigures(claim.data, [byRules, report])];
    if (problems.length > 0) return { problems: problems.slice(0, 5) };
    return { report, summary: proseSchema.parse(claim.data).summary };
  } catch (error) {
    if (modelCanActOn(error)) return { problems: [error.message] };
    throw error;
  }
}

const proseSchema = z.object({ summary: z.string(), reasons: z.array(z.string()).default([]) });

/** Figures in the model's prose that are in no report; its own words in a report are no evidence for themselves. */
function looseFigures(claim: unknown, reports: readonly unknown[]): string[] {
  const { summary, reasons } = proseSchema.parse(claim);
  const prose = [summary, ...reasons];
  const computed = reports.map((report) => withoutTexts(report, prose));
  return unverifiedFigures(prose.join("\n"), computed).map(
    (figure) => `The figure ${figure} in your words was not computed.`,
  );
}

function withoutTexts(report: unknown, texts: readonly string[]): unknown {
  const kept = JSON.stringify(report, (_key, value: unknown) =>
    typeof value === "string" && texts.includes(value) ? "" : value,
  );
  return JSON.parse(kept) as unknown;
}

function correction(problems: readonly string[]): string {
  return `Your report was not accepted:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nCorrect it and hand it in again.`;
}

/** The prompt's prose and the policy in force, which a run or a program may have changed. */
function systemPrompt({ prompt, role }: Pick<Specialist, "prompt" | "role">, ctx: ToolContext): string {
  const inForce: Partial<Record<Role, unknown>> = ctx.policies;
  const instructions = (ctx.instructions?.[role] ?? prompt.instructions).trim();
  const policy = inForce[role];
  if (policy === undefined) return instructions;
  return `${instructions}\n\nYour policy:\n\`\`\`json policy\n${canonicalJson(policy)}\n\`\`\``;
}
