import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { FinAgentError } from "../domain/errors.ts";
import { OfflineChatModel } from "./offline/offline-chat-model.ts";
import type { OpenAiOptions } from "./openai.ts";

const OPENAI = /^openai:(.+)$/;

/**
 * Makes chat models of names as the configuration has them: `offline` or `openai:NAME`. The client of OpenAI's protocol is
 * loaded only where one of the names needs it.
 * @returns throws FinAgentError BAD_CONFIG for another name, MODEL_AUTH where OpenAI's own endpoint has no key
 */
export async function modelMaker(
  names: readonly string[],
  options: Omit<OpenAiOptions, "name">,
): Promise<(name: string) => BaseChatModel> {
  const openai = names.some((name) => OPENAI.test(name)) ? await import("./openai.ts") : null;
  return (name) => {
    if (name === "offline") return new OfflineChatModel();
    const openAiName = OPENAI.exec(name)?.[1];
    if (openAiName !== undefined && openai !== null) {
      return openai.openAiModel({ ...options, name: openAiName });
    }
    throw new FinAgentError("BAD_CONFIG", `There is no model ${JSON.stringify(name)}.`, {
      hint: "Use `offline` or `openai:NAME`.",
      details: { field: "model" },
    });
  };
}
