/**
 * A capability of your own for the manager: it plans with it, calls it beside the specialists, and the figures that
 * it returns count as computed.
 *
 *     npx node examples/custom-tool.ts
 *
 * A language model reads the description and decides when to call it. So that this runs without a network, a scripted
 * model plays the manager's part; for a real one leave `models` out below and set FINAGENT_MODEL=openai:NAME.
 */
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { fakeModel } from "langchain";
import { z } from "zod";
import {
  askTool,
  at,
  createRuntime,
  decisionView,
  defineTool,
  FinAgentError,
  loadConfig,
} from "../src/index.ts";

const overnightRisk = defineTool({
  name: "overnight_risk",
  description:
    "Which share of a symbol's variance arises while the exchange is closed, where no stop order fills.",
  access: "read",
  input: z.object({
    dataSetId: z.string().describe("From fetch_market_data"),
    symbol: z.string(),
    lookbackBars: z.number().int().min(20).max(1000).default(60),
  }),
  // What is returned is held to this schema: a NaN is an error here, and never reaches an answer.
  output: z.object({ overnightShare: z.number().min(0).max(1), bars: z.number().int() }),
  run: async (ctx, { dataSetId, symbol, lookbackBars }) => {
    // The data set as it was known at the time of the decision; nothing later can be read from the view.
    const view = decisionView(await ctx.artifacts.get("data-set", dataSetId), ctx.asOf);
    const { open, close, length } = view.bars(symbol);
    // A FinAgentError goes to the model as a message that it can act on.
    if (length <= lookbackBars)
      throw new FinAgentError("DATA_INSUFFICIENT", `Only ${length} bars are known.`);
    let [overnight, session] = [0, 0];
    for (let i = length - lookbackBars; i < length; i++) {
      overnight += Math.log(at(open, i) / at(close, i - 1)) ** 2;
      session += Math.log(at(close, i) / at(open, i)) ** 2;
    }
    return { overnightShare: overnight / (overnight + session), bars: lookbackBars };
  },
});

const tasks = [
  { id: "data", tool: "fetch_market_data", purpose: "Prices of NVDA" },
  { id: "overnight", tool: "overnight_risk", purpose: "Its risk over night", dependsOn: ["data"] },
];
const scripted = fakeModel()
  .respond(call("write_plan", { tasks }))
  .respond(call("fetch_market_data", { symbols: ["NVDA"], lastMonths: 6 }))
  .respond((heard) => call("overnight_risk", { symbol: "NVDA", dataSetId: result(heard)["dataSetId"] }))
  .respond(
    (heard) => new AIMessage(`The overnight share of the variance is ${result(heard)["overnightShare"]}.`),
  );

const runtime = createRuntime(loadConfig({ asOf: "2025-06-30" }), {
  managerTools: [overnightRisk],
  models: { manager: scripted },
});
const report = await runtime.run(askTool, { request: "How much of Nvidia's risk is over night?" });

console.log(report.answer);
for (const step of report.steps) console.log(`- ${step.tool}: ${step.error ?? step.summary}`);
console.log("plan", report.plan.map(({ id, status }) => `${id} ${status}`).join(", "));
console.log("model", report.model, "unverified", report.unverified);

function call(name: string, args: Record<string, unknown>): AIMessage {
  return new AIMessage({ content: "", tool_calls: [{ id: `call_${name}`, name, args }] });
}
function result(heard: readonly BaseMessage[]): Record<string, string> {
  return JSON.parse(heard.at(-1)?.text ?? "{}") as Record<string, string>;
}
