import { expect, it } from "vitest";
import { backtestReport, riskReport } from "../../tests/support/canned-reports.ts";
import { metricsSchema } from "../domain/backtest/report.ts";
import { compactJson } from "../domain/run/compact-json.ts";
import { forModel } from "./for-model.ts";

it("gives a model of a backtest the metrics, a handful of statistics and the deepest drawdown", () => {
  const report = backtestReport({ dataSetId: "d1", capital: 100_000 }, ["AAPL"]);
  const drawdown = { start: "", trough: "", recovery: null, depth: -0.1, bars: 3, days: 4 };
  const month: [string, number] = ["2024-01", 0.01];
  const long = {
    ...report,
    backtestId: "b1",
    equity: Array.from({ length: 500 }, (): [string, number] => ["2024-01-01T00:00:00.000Z", 1]),
    absent: { winRate: "No trade was closed.", kellyFraction: "No closed trade won.", market: "No index." },
    drawdowns: Array.from({ length: 10 }, () => drawdown),
    monthly: Array.from({ length: 120 }, () => month),
    yearly: Array.from({ length: 10 }, () => month),
  };
  const text = compactJson(forModel(long));
  const read = JSON.parse(text) as Record<string, object>;
  expect(Object.keys(read["metrics"] ?? {})).toEqual(Object.keys(metricsSchema.shape));
  expect(Object.keys(read["statistics"] ?? {}).length).toBeLessThanOrEqual(8);
  expect(read["absent"]).toEqual({ winRate: "No trade was closed.", market: "No index." });
  expect(read["drawdowns"]).toEqual([drawdown]);
  for (const left of ["equity", "tradeList", "monthly", "yearly", "costs", "course"]) {
    expect(read).not.toHaveProperty(left);
  }
  expect(read["backtestId"]).toBe("b1");
  // About four characters make a token.
  expect(text.length).toBeLessThan(3000);
});

it("leaves the prose of stress scenarios out of a risk report", () => {
  const report = riskReport({ dataSetId: "d1" }, ["AAPL"], "LOW", 0.1);
  expect(forModel(report)).toMatchObject({ level: "LOW", stress: [{ scenario: "Calm", return: 0.03 }, {}] });
  expect(JSON.stringify(forModel(report))).not.toContain("description");
});
