import { AIMessage, AIMessageChunk, type BaseMessage, type UsageMetadata } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { writeCost } from "./spending/usage-of-message.ts";
import { UsageMeter } from "./usage.ts";

const counted = (input_tokens: number, output_tokens: number): { usage_metadata: UsageMetadata } => ({
  usage_metadata: { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens },
});

const ASKED = { agent: "alpha", model: "openai:m" };

function metered(...answers: readonly BaseMessage[]): UsageMeter {
  const meter = new UsageMeter(ASKED);
  for (const answer of answers) meter.add(answer);
  return meter;
}

function paid(message: BaseMessage, usd: number | null): BaseMessage {
  writeCost(message, usd);
  return message;
}

it("sums the tokens of the answers, and what they cost", () => {
  const { usage } = metered(
    paid(Object.assign(new AIMessage("a"), counted(10, 2)), 0.1),
    paid(Object.assign(new AIMessageChunk("b"), counted(20, 3)), 0.2),
  );
  const sum = { inputTokens: 30, outputTokens: 5, cost: 0.3 };
  expect(usage).toEqual({ ...sum, byModel: [{ ...ASKED, calls: 2, ...sum }] });
});

it("knows no cost where the price of one of them is not known", () => {
  const one = Object.assign(new AIMessage("a"), counted(10, 2));
  const other = Object.assign(new AIMessage("b"), counted(10, 2));
  expect(metered(paid(one, 0.1), paid(other, null)).usage.cost).toBeNull();
  expect(metered(paid(new AIMessage("without a count"), null)).usage.cost).toBeNull();
});

it("counts nothing that was held already, or that nobody was asked for", () => {
  const cached = new AIMessage({ content: "a", response_metadata: { from_cache: true } });
  expect(metered(cached)).toMatchObject({
    fromCache: true,
    usage: { inputTokens: 0, outputTokens: 0, cost: 0, byModel: [] },
  });
  expect(metered().usage.cost).toBe(0);
  // The offline model's.
  expect(metered(Object.assign(new AIMessage("a"), counted(0, 0))).usage.cost).toBe(0);
});

it("takes a count that the client leaves out for none", () => {
  const answer = Object.assign(new AIMessage("a"), { usage_metadata: { input_tokens: 10 } });
  expect(metered(answer, answer).usage).toMatchObject({ inputTokens: 20, outputTokens: 0, cost: null });
});
