import { it } from "vitest";
import { writeFileSync } from "node:fs";
import { chatCompletionsServer, type Reply } from "./support/chat-completions-server.ts";
import type { ChatRequest } from "./support/chat-protocol.ts";
import { createRuntime } from "../src/runtime.ts";
import { loadConfig } from "../src/config.ts";
import { askTool } from "../src/tools/ask.ts";

function results(r: ChatRequest) {
  const out: Record<string, any> = {};
  const names = new Map<string,string>();
  for (const m of r.messages) {
    for (const c of m.tool_calls ?? []) names.set(c.id, c.function.name);
    if (m.role === "tool") { try { out[names.get(m.tool_call_id ?? "") ?? ""] = JSON.parse(String(m.content)); } catch { out[names.get(m.tool_call_id ?? "") ?? ""] = m.content; } }
  }
  return out;
}
it("explores", async () => {
  const server = await chatCompletionsServer((r): Reply => {
    const c0 = r.messages[0]?.content; const sys = Array.isArray(c0) ? c0.map((x: any) => x.text).join("") : String(c0);
    const res = results(r);
    const turn = r.messages.filter((m) => m.role === "assistant").length;
    const role = /You are the (\w+)/.exec(sys)?.[1];
    const claimTool = r.tools?.find((t) => t.function.name.startsWith("extract"))?.function.name ?? "";
    const task = () => JSON.parse(/```json\n([^]*?)\n```/.exec(String(r.messages.find((m) => m.role === "user")?.content))?.[1] ?? "{}");
    if (role === "manager") {
      const d = res["fetch_market_data"]?.dataSetId;
      switch (turn) {
        case 0: return { text: "Planning.", calls: [{ name: "write_plan", args: { tasks: [
          { id: "data", tool: "fetch_market_data", purpose: "prices" },
          { id: "alpha", tool: "ask_alpha_agent", purpose: "signals", dependsOn: ["data"] },
          { id: "risk", tool: "ask_risk_agent", purpose: "risk", dependsOn: ["data"] },
          { id: "portfolio", tool: "ask_portfolio_agent", purpose: "weights", dependsOn: ["alpha","risk"] },
          { id: "backtest", tool: "run_backtest", purpose: "check", dependsOn: ["data"] } ] } }] };
        case 1: return { calls: [{ name: "fetch_market_data", args: { symbols: ["AAPL","MSFT","GOOGL","AMZN","NVDA","JPM"], lastMonths: 6 } }] };
        case 2: return { calls: [{ name: "ask_alpha_agent", args: { dataSetId: d } }, { name: "ask_risk_agent", args: { dataSetId: d } }] };
        case 3: return { calls: [{ name: "ask_portfolio_agent", args: { dataSetId: d, alphaId: res["ask_alpha_agent"]?.alphaId, riskId: res["ask_risk_agent"]?.riskId } }] };
        case 4: return { calls: [{ name: "run_backtest", args: { dataSetId: d } }] };
        default: return { text: "All done." };
      }
    }
    if (turn === 0) {
      const t = task();
      const name = r.tools?.[0]?.function.name ?? "";
      const policy = JSON.parse(/```json policy\n([^]*?)\n```/.exec(sys)?.[1] ?? "{}");
      if (role === "portfolio") { return { calls: [{ name, args: { ...t, policy } }] }; }
      return { calls: [{ name, args: t }] };
    }
    const got = Object.values(res)[0];
    const s = "As measured.";
    switch (role) {
      case "data": return { calls: [{ name: claimTool, args: { dataSetId: got.dataSetId, symbols: got.symbols, rows: got.rows, summary: s } }] };
      case "alpha": return { calls: [{ name: claimTool, args: { policy: got.policy, signals: got.signals.map((x: any) => ({ symbol: x.symbol, score: x.score, direction: x.direction })), summary: s } }] };
      case "risk": return { calls: [{ name: claimTool, args: { level: got.level, reasons: got.reasons, allowedExposure: got.allowedExposure, volatility: got.volatility, summary: s } }] };
      case "portfolio": return { calls: [{ name: claimTool, args: { policy: got.policy, weights: got.weights, cash: got.cash, summary: s } }] };
      default: return { calls: [{ name: claimTool, args: { metrics: { totalReturn: got.metrics.totalReturn, sharpe: got.metrics.sharpe, maxDrawdown: got.metrics.maxDrawdown, trades: got.metrics.trades }, summary: s } }] };
    }
  });
  const events: any[] = [];
  const t0 = performance.now();
  const runtime = createRuntime(loadConfig({ model: "openai:test", openai: { baseUrl: server.baseUrl, apiKey: "sk-x" } }, {}, "no-such-file.yaml"));
  const report = await runtime.run(askTool, { request: "Analyze AAPL, MSFT, GOOGL, AMZN, NVDA, JPM for 6 months and propose a portfolio" }, { onEvent: (e) => events.push([Math.round(performance.now() - t0), e]) }).catch((e: unknown) => { console.log(e); return null; });
  writeFileSync("/tmp/exp/requests.json", JSON.stringify(server.requests, null, 1));
  writeFileSync("/tmp/exp/report.json", JSON.stringify(report, null, 1));
  for (const q of server.requests) console.log(Math.round(q.atMs - t0), q.body.stream, JSON.stringify(q.body.messages[0]?.content).slice(0, 54), q.body.messages.length, JSON.stringify(q.body).length, "tools", JSON.stringify(q.body.tools ?? null).length);
  for (const [t, e] of events) console.log(t, JSON.stringify(e).slice(0, 260));
  await server.close();
});
