import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { sampleReport } from "../../../tests/support/scripted-runtime.ts";
import { marketOf } from "../../../tests/support/panel-market.ts";
import { FinAgentError } from "../errors.ts";
import { isoTime } from "../iso-time.ts";
import { at } from "../market/column.ts";
import type { RunReport } from "../run/report.ts";
import { type DecisionEntry, marketName, type Outcome } from "./decision-entry.ts";
import { decisionsOf } from "./decisions-of.ts";
import { findOutcomes } from "./find-outcomes.ts";
import { knownAt } from "./known-at.ts";
import { outcomeOf } from "./outcome-of.ts";

const close = Float64Array.from({ length: 30 }, (_, i) => 100 + i);
const bars = dailyBars("AAPL", { open: close, close });
const closeOf = (row: number): string => isoTime(at(bars.closeTime, row));

function entry(fields: Partial<DecisionEntry> = {}): DecisionEntry {
  return {
    symbol: "AAPL",
    runId: "run-1",
    decidedAt: closeOf(4),
    recordedAt: "2026-01-01T00:00:00.000Z",
    interval: "1d",
    level: "LOW",
    score: 0.5,
    direction: "long",
    confidence: 0.8,
    weight: 0.4,
    by: { alpha: "rules", risk: "rules", portfolio: "llm" },
    ...fields,
  };
}

function outcome(fields: Partial<Outcome> = {}): Outcome {
  const { symbol, runId, decidedAt, recordedAt } = entry();
  return { symbol, runId, decidedAt, recordedAt, knownAt: closeOf(25), bars: 21, return: 0.2, ...fields };
}

describe("how a decision turned out", () => {
  it("is the return over the 21 bars after the close that it knew, known at the last of them", () => {
    // Row 4 closes at 104, row 25 at 125.
    const found = outcomeOf(entry(), bars);
    expect(found).toEqual({ knownAt: closeOf(25), bars: 21, return: 125 / 104 - 1 });
    // A decision between two closes knew the earlier one.
    const between = isoTime(at(bars.closeTime, 5) - 1);
    expect(outcomeOf(entry({ decidedAt: between }), bars)).toEqual(found);
  });

  it("is absent, with the reason, until then", () => {
    expect(outcomeOf(entry({ decidedAt: closeOf(8) }), bars)).toMatchObject({ knownAt: closeOf(29) });
    expect(outcomeOf(entry({ decidedAt: closeOf(9) }), bars)).toEqual({
      absent: "Known 21 bars after the decision; there are 20 so far.",
    });
    expect(outcomeOf(entry({ decidedAt: "1999-12-31T21:00:00.000Z" }), bars)).toHaveProperty("absent");
  });

  it("is looked for up to an instant; a source that refuses leaves it open", async () => {
    const recalled = [{ ...entry(), outcome: null }];
    const look = async (row: number) => findOutcomes(recalled, marketOf([bars]), at(bars.closeTime, row));
    expect(await look(24)).toMatchObject([
      { found: false, absent: "Known 21 bars after the decision; there are 20 so far." },
    ]);
    expect(await look(25)).toMatchObject([{ found: true, absent: null, entry: { outcome: { bars: 21 } } }]);
    const series = () => Promise.reject(new FinAgentError("UNKNOWN_SYMBOL", "It is not there."));
    expect(await findOutcomes(recalled, { series }, 0)).toMatchObject([{ absent: "It is not there." }]);
  });
});

describe("what was known", () => {
  const stand = (row: number, recordedBy = "2027-01-01T00:00:00Z") => ({
    asOf: at(bars.closeTime, row),
    recordedBy: Date.parse(recordedBy),
  });

  it("is a decision from its close on, and its outcome from a later close on", () => {
    expect(knownAt([entry()], [outcome()], stand(3))).toEqual([]);
    expect(knownAt([entry()], [outcome()], stand(4))).toMatchObject([{ runId: "run-1", outcome: null }]);
    expect(knownAt([entry()], [outcome()], stand(24))).toMatchObject([{ outcome: null }]);
    expect(knownAt([entry()], [outcome()], stand(25))).toMatchObject([{ outcome: { return: 0.2 } }]);
  });

  it("is nothing that was written after the standpoint's wall-clock time", () => {
    expect(knownAt([entry()], [outcome()], stand(25, "2025-12-31T00:00:00Z"))).toEqual([]);
    const late = outcome({ recordedAt: "2026-06-01T00:00:00.000Z" });
    expect(knownAt([entry()], [late], stand(25, "2026-05-01T00:00:00Z"))).toMatchObject([{ outcome: null }]);
  });

  it("of two outcomes of one decision is the earlier, and never that of another decision", () => {
    const both = [outcome({ return: 0.9, knownAt: closeOf(26) }), outcome()];
    expect(knownAt([entry()], both, stand(27))).toMatchObject([{ outcome: { return: 0.2 } }]);
    expect(knownAt([entry({ runId: "run-2" })], both, stand(27))).toMatchObject([{ outcome: null }]);
  });
});

describe("what a run decided", () => {
  const data = { symbols: ["AAPL", "MSFT"], interval: "1d", asOf: "2025-08-15T20:00:00.000Z" };
  const step = (agent: string) => ({ agent, tool: "", ms: 1, by: "rules" as const, summary: "" });
  const signals = [{ symbol: "AAPL", score: 0.5, direction: "long", confidence: 0.8, evidence: [] }];
  const reportOf = (fields: object): RunReport =>
    sampleReport({
      data,
      signals,
      risk: { level: "HIGH" },
      portfolio: { weights: { AAPL: 0.4 } },
      ...fields,
    } as object);

  it("is an entry for each symbol of its data set, with what each agent said", () => {
    const made = decisionsOf(reportOf({ steps: [step("alpha"), step("risk"), step("portfolio")] }));
    expect(made).toEqual({
      asOf: Date.parse(data.asOf),
      decided: [
        {
          symbol: "AAPL",
          runId: "run-1",
          interval: "1d",
          level: "HIGH",
          score: 0.5,
          direction: "long",
          confidence: 0.8,
          weight: 0.4,
          by: { alpha: "rules", risk: "rules", portfolio: "rules" },
        },
        {
          symbol: "MSFT",
          runId: "run-1",
          interval: "1d",
          level: "HIGH",
          score: null,
          direction: null,
          confidence: null,
          weight: 0,
          by: { alpha: "rules", risk: "rules", portfolio: "rules" },
        },
      ],
    });
  });

  it("is not what an earlier request of the conversation decided, nor what a failed run said", () => {
    expect(decisionsOf(reportOf({ steps: [] }))).toBeNull();
    expect(decisionsOf(reportOf({ steps: [step("alpha")] }))?.decided).toMatchObject([
      { symbol: "AAPL", score: 0.5, level: null, weight: null, by: { risk: null } },
    ]);
    expect(decisionsOf(reportOf({ steps: [step("alpha")], status: "failed" }))).toBeNull();
    expect(decisionsOf(reportOf({ steps: [step("alpha")], data: null }))).toBeNull();
  });

  it("of a pipeline is its last rebalance, unless that had too little history", () => {
    const time = "2025-08-01T20:00:00.000Z";
    const last = {
      time,
      level: "LOW",
      allowedExposure: 1,
      exposure: 0.3,
      weights: { MSFT: 0.3 },
      note: null,
    };
    const all = { steps: [{ ...step("portfolio"), decisions: ["llm", "cache"] }, step("risk")] };
    const made = decisionsOf(reportOf({ ...all, rebalances: [last] }));
    expect(made).toMatchObject({
      asOf: Date.parse(time),
      decided: [
        { symbol: "AAPL", weight: 0, level: "LOW", by: { portfolio: "cache" } },
        { symbol: "MSFT", weight: 0.3 },
      ],
    });
    expect(decisionsOf(reportOf({ ...all, rebalances: [{ ...last, note: "too short" }] }))).toBeNull();
  });

  it("belongs to the market it was made on", () => {
    expect(marketName({ source: "csv:data", simulated: false }, 1)).toBe("csv:data");
    expect(marketName({ source: "simulated", simulated: true }, 1)).not.toBe(
      marketName({ source: "simulated", simulated: true }, 2),
    );
  });
});
