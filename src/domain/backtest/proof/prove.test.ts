import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sharedBars } from "../../../../tests/support/daily-bars.ts";
import { randomPanel } from "../../../../tests/support/random-panel.ts";
import { hasSharedData } from "../../../../tests/support/shared-data.ts";
import type { DataSet } from "../../market/data-set.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { decide } from "../decide.ts";
import { type BacktestReport, backtestReportSchema } from "../report.ts";
import { runBacktest } from "../run.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { findStrategy } from "../strategies/strategies.ts";
import type { SignalStrategy, Strategy } from "../strategy.ts";
import { finish } from "./finish.ts";
import { type ProofProgress, proveBacktest } from "./prove.ts";
import { proofSchema } from "./report.ts";

const settings = backtestSettingsSchema.parse({});

function dataSetOf(panel: Panel): DataSet {
  const [from = NaN] = panel.time;
  const to = panel.closeTime.at(-1) ?? NaN;
  return { id: "d", source: "csv:x", simulated: false, panel, benchmark: null, from, to, findings: [] };
}

function optionsOf(strategy: Strategy, panel: Panel): Parameters<typeof proveBacktest>[0] {
  const params = strategy.params.parse({});
  const decisions = decide(strategy, panel, params);
  return { dataSet: dataSetOf(panel), strategy, params, decisions, settings, seed: 1 };
}

function prove(strategy: Strategy, panel: Panel): BacktestReport {
  const options = optionsOf(strategy, panel);
  const proof = finish(proveBacktest(options));
  const named = { name: strategy.name, params: options.params };
  return runBacktest({ ...options, strategy: named, proof });
}

/** Long on the eve of days that rise: an edge that nobody can have. */
const oracle: SignalStrategy<z.ZodObject<{ quiet: z.ZodDefault<z.ZodInt> }>> = {
  name: "oracle",
  description: "",
  params: z.object({ quiet: z.int().min(0).max(50).default(0) }),
  signal: ({ open, close, length }, { quiet }) => {
    const bars = Int32Array.from({ length: length - 1 - quiet }, (_, i) => i + quiet);
    return {
      bars,
      sides: Int8Array.from(bars, (bar) => ((close[bar + 1] ?? NaN) > (open[bar + 1] ?? NaN) ? 1 : 0)),
    };
  },
};

describe("a proof", () => {
  it("overrules a splendid result that looks ahead", () => {
    const report = prove(oracle, randomPanel(1, 400));
    expect(report.metrics.sharpe).toBeGreaterThan(5);
    expect(report.proof?.lookAhead.standing).toBe("failed");
    expect(report.verdict.conclusion).toBe("no evidence");
    expect(report.verdict.reasons[0]).toMatch(/^It looks ahead: the decision of S0 at 2000-01-0\d changes/);
  });

  it("fits its schema, and is the same for the same seed", () => {
    const panel = randomPanel(2, 300, 2);
    const strategy = findStrategy("rsi-reversal");
    const report = prove(strategy, panel);
    expect(backtestReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect(finish(proveBacktest(optionsOf(strategy, panel)))).toEqual(report.proof);
    const { verdict, proof } = report;
    expect(verdict.figures).toMatchObject({
      probabilityOfOverfitting: proof?.overfitting.probability,
      outOfSampleSharpe: proof?.walkForward.outOfSampleSharpe,
      sharpeLow: proof?.bootstrap.sharpe.low,
      breakEvenBps: proof?.costs.breakEvenBps,
      sharpeAtLag3: proof?.lags.levels[3]?.sharpe,
    });
    expect(verdict.reasons.at(-1)).toMatch(/^Passed: look-ahead/);
  });

  it("tells how far it is", () => {
    const seen: ProofProgress[] = [];
    const proof = proveBacktest(optionsOf(findStrategy("sma-cross"), randomPanel(3, 200)));
    for (const step of proof) seen.push(step);
    expect(seen.length).toBeGreaterThan(80);
    expect(seen.every(({ done, total }, k) => done === k + 1 && done < total)).toBe(true);
    // The estimate is not far off.
    expect(seen.at(-1)?.total).toBeLessThan(1.3 * seen.length);
  });

  it("says what a strategy without numbers leaves out", () => {
    const { proof } = prove(findStrategy("buy-and-hold"), randomPanel(4, 300));
    expect(proof?.walkForward).toMatchObject({ standing: "left out", folds: [] });
    expect(proof?.overfitting.conclusion).toContain("no numeric parameters");
  });

  it("goes on where other parameters, or a later start, cannot be decided on", () => {
    const picky: SignalStrategy<z.ZodObject<{ period: z.ZodDefault<z.ZodInt> }>> = {
      name: "picky",
      description: "",
      params: z.object({ period: z.int().min(1).max(500).default(150) }),
      signal: ({ close, length }, { period }) => {
        if (length < period + 50) throw new RangeError("too few bars");
        const bars = Int32Array.from({ length: length - period }, (_, i) => i + period);
        return {
          bars,
          sides: Int8Array.from(bars, (bar) => ((close[bar] ?? NaN) > (close[bar - period] ?? NaN) ? 1 : 0)),
        };
      },
    };
    const proof = finish(proveBacktest(optionsOf(picky, randomPanel(5, 300))));
    expect(proof.history).toMatchObject({
      standing: "note",
      conclusion: expect.stringContaining("it cannot decide: too few bars") as string,
    });
    // Of 0.4, 0.6, 0.8, 1, 1.25, 1.6 and 2.5 times 150 bars, 375 are too many.
    expect(proof.overfitting.trials).toHaveLength(6);
    expect(proof.notes).toEqual(["1 set of parameters failed on these bars: left out."]);
  });

  it("knows nothing of a delay at which orders that are replaced at every bar never stand", () => {
    const restless: Strategy = {
      name: "restless",
      description: "",
      params: z.object({}),
      onBar: (desk) => {
        for (const { id } of desk.orders) desk.cancel(id);
        const [held, price] = [desk.shares("S0"), desk.price("S0")];
        if (held > 0) desk.sell("S0", held, { limit: 1.001 * price });
        else desk.buy("S0", 1, { limit: 0.999 * price });
      },
    };
    const { lags } = finish(proveBacktest(optionsOf(restless, randomPanel(6, 300))));
    expect(lags.levels.map(({ sharpe }) => sharpe !== null)).toEqual([true, true, false, false]);
    expect(lags.standing).toBe("note");
    expect(lags.conclusion).toMatch(/it never trades with a fill one bar later/);
  });

  it("asks a slow strategy less often, and says so", () => {
    const options = { ...optionsOf(findStrategy("sma-cross"), randomPanel(5, 200)), slow: true };
    const proof = finish(proveBacktest(options));
    expect(proof.lookAhead.cuts).toBeLessThanOrEqual(10);
    expect(proof.overfitting.trials).toHaveLength(5);
    expect(proof.notes).toEqual([
      "The future was changed at 10 rows instead of 24: deciding anew takes long.",
      "At most 5 sets of parameters were tried: deciding anew takes long.",
    ]);
  });
});

describe.skipIf(!hasSharedData)("a proof on real prices", () => {
  it("finds GOOG's sma-cross free of look-ahead, and its edge over holding doubtful", () => {
    const panel = createPanel([sharedBars("GOOG", "known-results", "backtesting_py", "GOOG.csv")]);
    const { proof, verdict } = prove(findStrategy("sma-cross"), panel);
    expect(proofSchema.parse(proof)).toEqual(proof);
    expect(proof?.lookAhead.standing).toBe("passed");
    expect(proof?.history.starts.every(({ agreeAfter }) => (agreeAfter ?? Infinity) < 100)).toBe(true);
    expect(proof?.bootstrap.sharpeOverHolding.low).toBeLessThan(0);
    expect(proof?.bootstrap.standing).toBe("doubtful");
    expect(verdict.conclusion).not.toBe("holds up");
  });
});
