import type { BaseChatModel } from "@langchain/core/language_models/chat_models";

/** A model as the configuration would name it, e.g. `openai:NAME`. */
export function modelName(model: Pick<BaseChatModel, "getLsParams">): string {
  const { ls_provider: provider, ls_model_name: name } = model.getLsParams({});
  return [provider, name].filter((part) => part !== undefined && part !== "").join(":");
}
