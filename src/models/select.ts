import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { FinAgentError } from "../domain/errors.ts";
import { OfflineChatModel } from "./offline/offline-chat-model.ts";
import { openAiModel, type OpenAiOptions } from "./openai.ts";

/**
 * The chat model of a name as the configuration has it: `offline` or `openai:NAME`.
 * @throws FinAgentError BAD_CONFIG for another name, MODEL_AUTH where OpenAI's own endpoint has no key
 */
export function createModel(name: string, options: Omit<OpenAiOptions, "name">): BaseChatModel {
  if (name === "offline") return new OfflineChatModel();
  const openAiName = /^openai:(.+)$/.exec(name)?.[1];
  if (openAiName !== undefined) return openAiModel({ ...options, name: openAiName });
  throw new FinAgentError("BAD_CONFIG", `There is no model ${JSON.stringify(name)}.`, {
    hint: "Use `offline` or `openai:NAME`.",
    details: { field: "model" },
  });
}
