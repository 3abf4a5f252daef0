import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { simulatedMarketData } from "../../src/adapters/simulated/simulated-market-data.ts";
import type { RunReport } from "../../src/domain/run/report.ts";
import { sqliteRecords } from "../../src/memory/records/sqlite-records.ts";
import { createRuntime } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import { recallTool } from "../../src/tools/recall.ts";
import { runPipelineTool } from "../../src/tools/run-pipeline.ts";
import { testConfig } from "../support/test-config.ts";

const clock = { now: () => Date.parse("2026-06-30T00:00:00Z") };
const home = mkdtempSync(join(tmpdir(), "finagent-recall-"));
const records = sqliteRecords(join(home, "records.db"), clock);
const market = simulatedMarketData({ seed: 7, clock });
const runtime = createRuntime(testConfig({ seed: 7 }), { clock, records, market });
afterAll(async () => {
  await records.close();
  rmSync(home, { recursive: true });
});

const ask = (request: string, asOf: string): Promise<RunReport> => runtime.run(askTool, { request, asOf });

/** Without what names a run or measures its time. */
const said = (report: RunReport): string =>
  JSON.stringify(report, (key, value: unknown) =>
    key === "ms" || key === "runId" || key === "threadId" ? undefined : value,
  );

it("what was decided is recalled as it was known then, and nothing that is dated later matters", async () => {
  for (const asOf of ["2025-01-31", "2025-06-30", "2025-12-31"]) {
    await ask("Propose a portfolio of AAPL and MSFT", asOf);
  }
  const pipeline = { symbols: ["AAPL", "JPM"], from: "2025-01-02", to: "2025-08-29" };
  await runtime.run(runPipelineTool, pipeline);

  const T = "2025-07-15";
  const proposal = "Propose a portfolio of AAPL and MSFT, then backtest it";
  const run = said(await ask(proposal, T));
  const question = "What did you recommend for AAPL and MSFT before?";
  const before = await ask(question, T);
  const { decisions: told } = await runtime.run(recallTool, { symbols: ["AAPL", "MSFT"], limit: 9 });
  expect(told.map(({ symbol, decidedAt }) => `${symbol} ${decidedAt.slice(0, 10)}`)).toEqual([
    "AAPL 2025-12-31",
    expect.stringMatching(/^AAPL 2025-08-/),
    "AAPL 2025-07-15",
    "AAPL 2025-06-30",
    "AAPL 2025-01-31",
    "MSFT 2025-12-31",
    "MSFT 2025-07-15",
    "MSFT 2025-06-30",
    "MSFT 2025-01-31",
  ]);
  // 21 sessions after 31 January, from the market itself.
  const { bars } = await market.series("AAPL", clock.now());
  const row = bars.closeTime.findIndex((time) => time === Date.parse(told[4]?.decidedAt ?? ""));
  expect(told[4]?.outcome?.return).toBeCloseTo(
    (bars.close[row + 21] ?? NaN) / (bars.close[row] ?? NaN) - 1,
    12,
  );
  expect(before.answer).toContain("| 2025-06-30 | AAPL |");
  expect(before.answer).not.toMatch(/2025-(?:0[89]|1[012])-/);
  expect(before.unverified).toEqual([]);

  let spoilt = 0;
  for (const id of await records.partitions("memory")) {
    for (const { key, value } of await records.range({ kind: "memory", id }, { prefix: "" })) {
      const text = Buffer.from(value).toString();
      const held = JSON.parse(text) as { value: { knownAt?: string; decidedAt: string } };
      if ((held.value.knownAt ?? held.value.decidedAt) <= `${T}T23:59`) continue;
      const spoiled = spoilt++ % 2 === 0 ? text.slice(0, 9) : text.replaceAll(/2025-\d\d/g, "2025-02");
      await records.write({ kind: "memory", id }, { put: [{ key, value: Buffer.from(spoiled) }] });
    }
  }
  expect(spoilt).toBeGreaterThan(4);
  expect(said(await ask(question, T))).toBe(said(before));
  expect(said(await ask(proposal, T))).toBe(run);
  // The damage is there to be seen.
  const after = await runtime.run(recallTool, { symbols: ["AAPL", "MSFT"], limit: 9 });
  expect(after.unreadable).toBeGreaterThan(0);
});
