import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { type BaseMessage, HumanMessage } from "@langchain/core/messages";
import { createAgent, toolStrategy } from "langchain";
import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import type { ArtifactKinds } from "../domain/ports.ts";
import { claimProblems } from "../domain/run/claim.ts";
import type { RunReport } from "../domain/run/report.ts";
import { unverifiedFigures } from "../domain/run/grounding.ts";
import { canonicalJson } from "../domain/hash.ts";
import { toModelError } from "../models/model-error.ts";
import { sumUsage } from "../models/usage.ts";
import type { ToolContext } from "../tools/tool.ts";
import { toLangChainTool } from "./langchain-tool.ts";
import { callLimits } from "./middleware.ts";
import type { Role, Specialist } from "./specialist.ts";

/** Calls of the model that one specialist may make for one report. */
const MODEL_CALLS = 8;

/** How often a report with wrong figures is sent back. */
const CORRECTIONS = 1;

/**
 * The llm mind: a LangChain agent with the prompt and the specialist's tools, ending in structured output that
 * code checks against what it computed.
 * @throws FinAgentError MODEL_* where the model fails, or still answers wrongly after its corrections
 */
export async function askModel<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  specialist: Specialist<K, I, C>,
  ctx: ToolContext,
  input: z.output<I>,
  model: BaseChatModel,
): Promise<{ report: ArtifactKinds[K]; usage: RunReport["usage"] }> {
  const agent = createAgent({
    model,
    name: `${specialist.role}_agent`,
    tools: specialist.tools.map((capability) => toLangChainTool(capability, ctx)),
    systemPrompt: systemPrompt(specialist),
    responseFormat: toolStrategy(specialist.claim),
    middleware: callLimits({ modelCalls: MODEL_CALLS, toolCalls: MODEL_CALLS }),
  });
  let messages: BaseMessage[] = [new HumanMessage(`Your task:\n\`\`\`json\n${canonicalJson(input)}\n\`\`\``)];
  const answered: BaseMessage[] = [];
  for (let attempt = 0; ; attempt++) {
    const asked = messages.length;
    const result = await agent
      .invoke({ messages }, { signal: ctx.signal, callbacks: [], metadata: { specialist: specialist.role } })
      .catch((error: unknown) => {
        throw toModelError(error);
      });
    const response = "structuredResponse" in result ? result.structuredResponse : undefined;
    answered.push(...(result.messages as BaseMessage[]).slice(asked));
    const { report, problems } = await judge(specialist, ctx, input, response);
    if (report !== undefined) return { report, usage: sumUsage(answered) };
    if (attempt === CORRECTIONS) {
      throw new FinAgentError(
        "MODEL_OUTPUT",
        `The model's ${specialist.role} report is wrong: ${problems[0]}`,
        {
          hint: "The rules of the agent's policy were used instead.",
          details: { problems },
        },
      );
    }
    messages = [
      ...(result.messages as BaseMessage[]),
      new HumanMessage(
        `Your report was not accepted:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nCorrect it.`,
      ),
    ];
  }
}

async function judge<K extends Role, I extends z.ZodType, C extends z.ZodObject>(
  specialist: Specialist<K, I, C>,
  ctx: ToolContext,
  input: z.output<I>,
  response: unknown,
): Promise<{ report: ArtifactKinds[K] | undefined; problems: string[] }> {
  const claim = specialist.claim.safeParse(response);
  if (!claim.success) return { report: undefined, problems: [z.prettifyError(claim.error)] };
  try {
    const report = await specialist.settle(ctx, input, claim.data);
    const problems = [...claimProblems(claim.data, report), ...looseFigures(claim.data, report)].slice(0, 5);
    return { report: problems.length === 0 ? report : undefined, problems };
  } catch (error) {
    if (error instanceof FinAgentError && error.exitStatus !== 1) {
      return { report: undefined, problems: [error.message] };
    }
    throw error;
  }
}

/** Figures in the model's prose that are not in the report. */
function looseFigures(claim: unknown, report: unknown): string[] {
  const prose = z.object({ summary: z.string(), reasons: z.array(z.string()).default([]) }).safeParse(claim);
  if (!prose.success) return [];
  const text = [prose.data.summary, ...prose.data.reasons].join("\n");
  return unverifiedFigures(text, [report]).map(
    (figure) => `The figure ${figure} in your words was not computed.`,
  );
}

/** The prompt's prose and its policy, as the person or the optimizer left them. */
function systemPrompt(specialist: Pick<Specialist, "prompt">): string {
  const { instructions, policy } = specialist.prompt;
  return `${instructions.trim()}\n\nYour policy:\n\`\`\`json policy\n${canonicalJson(policy)}\n\`\`\``;
}
