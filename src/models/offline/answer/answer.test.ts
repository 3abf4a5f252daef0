import { describe, expect, it } from "vitest";
import { alphaReport, dataReport, riskReport } from "../../../../tests/support/canned-reports.ts";
import { converse, type Desk, desk } from "../../../../tests/support/canned-desk.ts";

/** One message through the loop. */
async function ask(request: string, at: Desk = desk()): Promise<{ text: string; at: Desk }> {
  const { answers } = await converse(at, [request]);
  return { text: answers[0]?.text ?? "", at };
}

describe("short replies", () => {
  it.each([
    ["hi", "# Hello"],
    ["thanks!", "# You are welcome"],
    ["help", "# What can be asked"],
    ["Wie wird sich die Apple Aktie entwickeln?", "# I read English only"],
    ["asdf qwer", "# I could not read this request"],
  ])("%s", async (said, title) => {
    const { at, text } = await ask(said);
    expect(text.startsWith(`${title}\n`)).toBe(true);
    expect(at.rounds).toEqual([]);
  });
});

describe("what the tools report", () => {
  it("says in one sentence that nothing was traded", async () => {
    const at = desk();
    const backtest = at.tools["run_backtest"];
    at.tools["run_backtest"] = (args) => {
      const result = backtest?.(args) as { metrics: object };
      return {
        ...result,
        metrics: { ...result.metrics, totalReturn: 0, sharpe: null, trades: 0, exposure: 0 },
        absent: { sharpe: "The returns do not vary.", sortino: "None.", winRate: "No trade was closed." },
      };
    };
    const { text } = await ask("backtest AAPL", at);
    expect(text).toContain("the agents' policies stayed in cash at each of the 6 decisions");
    expect(text).toContain("| Measure | Buy and hold |");
    expect(text).not.toContain("▁▂▃▅▇");
    expect(text).not.toContain("n/a for");
  });

  it("names who could not be measured, and whose model was replaced by rules", async () => {
    const at = desk();
    const risk = at.tools["ask_risk_agent"];
    at.tools["ask_risk_agent"] = (args) => ({
      ...(risk?.(args) as object),
      by: "fallback",
      unmeasured: [{ symbol: "KO", reason: "It has too few bars." }],
    });
    const { text } = await ask("Screen for the strongest stocks", at);
    expect(text).toContain("**Fallback:** the model failed for risk");
    expect(text).toContain("- KO: It has too few bars.");
  });

  it("keeps an answer on many symbols short", async () => {
    const at = desk();
    const symbols = Array.from({ length: 12 }, (_, i) => `S${String.fromCharCode(65 + i)}`);
    at.tools["list_symbols"] = () => ({
      source: "csv:x",
      simulated: false,
      benchmark: null,
      symbols: symbols.map((symbol) => ({ symbol, name: null, kind: "stock" })),
    });
    at.tools["fetch_market_data"] = () => dataReport("set-12", symbols, false);
    at.tools["ask_alpha_agent"] = (args) => ({
      alphaId: "alpha-1",
      by: "rules",
      ...alphaReport(args, symbols, 0.4),
    });
    at.tools["ask_risk_agent"] = (args) => ({
      riskId: "risk-1",
      by: "rules",
      ...riskReport(args, symbols, "LOW", 0.2),
    });
    const { text } = await ask("Analyze all stocks", at);
    expect(text).toMatch(/^# 12 symbols: /);
    expect(text.match(/Evidence on /g)).toHaveLength(3);
    expect(text).toContain("The five most volatile of the 12 symbols");
    const riskTable = text.slice(text.indexOf("The five most volatile")).split("\n\n")[1] ?? "";
    expect(riskTable.split("\n")).toHaveLength(2 + 5);
  });
});
