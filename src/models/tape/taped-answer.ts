import {
  AIMessage,
  AIMessageChunk,
  type AIMessageChunkFields,
  type BaseMessage,
} from "@langchain/core/messages";
import { z } from "zod";

/** A model's answer as JSON. Tapes hold the content hash of it, so that a glance is enough to know it again. */
const answerSchema = z.object({
  /** Whether it is a message that was put together from a stream. */
  chunk: z.boolean(),
  /** What a message of LangChain is made of. */
  fields: z.custom<AIMessageChunkFields>(
    (value) => typeof value === "object" && value !== null && "content" in value,
  ),
});

/** The mark of an answer that was not asked for anew. */
const FROM_CACHE = "from_cache";

/** What a tape keeps of an answer: everything that comes from the model. */
export function tapedAnswer(message: BaseMessage): Record<string, unknown> {
  const { id, name, content, additional_kwargs, response_metadata } = message;
  const all = { id, name, content, additional_kwargs, response_metadata };
  if (!AIMessage.isInstance(message)) return { chunk: false, fields: all };
  const { usage_metadata, tool_calls, invalid_tool_calls } = message;
  const fields = { ...all, usage_metadata, tool_calls, invalid_tool_calls };
  if (!AIMessageChunk.isInstance(message)) return { chunk: false, fields };
  return { chunk: true, fields: { ...fields, tool_call_chunks: message.tool_call_chunks } };
}

/**
 * The message again as it was.
 * @param cached it comes from another run: nothing was spent on it, and it says so
 */
export function messageOf(
  taped: Readonly<Record<string, unknown>>,
  cached: boolean,
): AIMessage | AIMessageChunk {
  const { chunk, fields } = answerSchema.parse(taped);
  const { tool_call_chunks, ...whole } = cached ? { ...fields, ...asCached(fields) } : fields;
  if (!chunk) return new AIMessage(whole);
  return new AIMessageChunk({ ...whole, ...(tool_call_chunks === undefined ? {} : { tool_call_chunks }) });
}

function asCached({ response_metadata }: AIMessageChunkFields): object {
  return {
    response_metadata: { ...response_metadata, [FROM_CACHE]: true },
    usage_metadata: { input_tokens: 0, output_tokens: 0, total_tokens: 0 },
  };
}

/** Whether an answer comes from the cache of an earlier run. */
export function isFromCache(message: BaseMessage): boolean {
  return message.response_metadata[FROM_CACHE] === true;
}
