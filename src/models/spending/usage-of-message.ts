import type { BaseMessage, UsageMetadata } from "@langchain/core/messages";
import type { CallTokens } from "../../domain/cost/cost-of.ts";
import { isFromCache } from "../tape/taped-answer.ts";

/** Where an answer says what it cost, in USD. */
const COST = "finagent_cost";

/** Tokens as the endpoint counted them; null where it told none. */
export function tokensOf(message: BaseMessage): CallTokens | null {
  const usage = usageOf(message);
  if (usage === undefined) return null;
  // The client leaves out counts of 0.
  const { input_tokens: input = 0, output_tokens: output = 0, input_token_details: details } = usage;
  return input + output === 0 ? null : { input, output, cachedInput: details?.cache_read ?? 0 };
}

/** Writes onto an answer what it cost, so that its tape and every report on it say the same. */
export function writeCost(message: BaseMessage, usd: number | null): void {
  Object.assign(message.response_metadata, { [COST]: usd });
}

/** In USD; null where it is not known. */
export function costOfMessage(message: BaseMessage): number | null {
  if (isFromCache(message)) return 0;
  const { [COST]: held }: Readonly<Record<string, unknown>> = message.response_metadata;
  if (typeof held === "number") return held;
  return held === undefined && tokensOf(message) === null ? 0 : null;
}

function usageOf(message: BaseMessage): Partial<UsageMetadata> | undefined {
  if (!("usage_metadata" in message)) return undefined;
  const held: unknown = message.usage_metadata;
  return typeof held === "object" && held !== null ? held : undefined;
}
