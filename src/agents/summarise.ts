import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { BaseMessage } from "@langchain/core/messages";
import { type AgentMiddleware, summarizationMiddleware } from "langchain";
import { modelName } from "../models/model-name.ts";
import { UsageMeter } from "../models/usage.ts";

interface Summariser {
  readonly beforeModel: (state: unknown, runtime: unknown) => Promise<Record<string, unknown> | undefined>;
}

// The option types of LangChain's middleware collapse to `never` under `exactOptionalPropertyTypes`.
const summarisation = summarizationMiddleware as unknown as (options: {
  model: Pick<BaseChatModel, "invoke">;
  trigger: { tokens: number };
  keep: { tokens: number };
  trimTokensToSummarize: number;
}) => Summariser;

/**
 * Replaces the older part of a long conversation by a summary that the model writes; its tokens go to the state's
 * `usage`.
 * @throws what the model throws: the library would put the error in the place of the summary, and go on without the
 * conversation
 */
export function summarise(
  model: BaseChatModel,
  when: { readonly fromTokens: number; readonly keepTokens: number },
): AgentMiddleware {
  const summariser = (asked: Pick<BaseChatModel, "invoke">): Summariser =>
    summarisation({
      model: asked,
      trigger: { tokens: when.fromTokens },
      keep: { tokens: when.keepTokens },
      // All of the older part is read; by itself the library would read its last 4,000 tokens.
      trimTokensToSummarize: when.fromTokens,
    });
  const watched: Summariser = {
    ...summariser(model),
    beforeModel: async (state, runtime) => {
      const meter = new UsageMeter({ agent: "manager", model: modelName(model) });
      const failures: unknown[] = [];
      const invoke: BaseChatModel["invoke"] = async (prompt, options) => {
        try {
          const answer = await model.invoke(prompt, options);
          meter.add(answer);
          return answer;
        } catch (error) {
          failures.push(error);
          throw error;
        }
      };
      const update = await summariser({ invoke }).beforeModel(state, runtime);
      if (failures.length > 0) throw failures[0];
      return update === undefined ? undefined : { ...update, usage: meter.usage };
    },
  };
  return watched as unknown as AgentMiddleware;
}

/** Whether a message is a summary in place of what was said before it. */
export function isSummary(message: BaseMessage): boolean {
  return message.additional_kwargs["lc_source"] === "summarization";
}
