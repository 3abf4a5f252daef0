import {
  AIMessage,
  AIMessageChunk,
  HumanMessage,
  ToolMessage,
  type UsageMetadata,
} from "@langchain/core/messages";
import { expect, it } from "vitest";
import { sumUsage, UsageMeter } from "./usage.ts";

const counted = (input_tokens: number, output_tokens: number): { usage_metadata: UsageMetadata } => ({
  usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
});

it("sums the tokens of the answers and knows no price", () => {
  const messages = [
    new HumanMessage("Hello"),
    Object.assign(new AIMessage("a"), counted(10, 2)),
    new ToolMessage({ content: "1", tool_call_id: "call_1" }),
    Object.assign(new AIMessageChunk("b"), counted(20, 3)),
    new AIMessage("without a count"),
  ];
  expect(sumUsage(messages)).toEqual({ inputTokens: 30, outputTokens: 5, cost: null });
  expect(sumUsage([])).toEqual({ inputTokens: 0, outputTokens: 0, cost: null });
});

it("takes a count that the client leaves out for none", () => {
  const answer = Object.assign(new AIMessage("a"), { usage_metadata: { input_tokens: 10 } });
  const meter = new UsageMeter();
  meter.add(answer);
  meter.add(answer);
  expect(meter.usage).toEqual({ inputTokens: 20, outputTokens: 0, cost: null });
});
