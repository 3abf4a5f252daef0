import { assert, constantFrom, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars, sharedBars } from "../../../tests/support/daily-bars.ts";
import { hasSharedData, readSharedJson } from "../../../tests/support/shared-data.ts";
import { type Bars, sliceBars } from "../market/bars.ts";
import { last } from "../market/column.ts";
import { createPanel } from "../market/panel.ts";
import { MarketView } from "../market/view.ts";
import type { RiskPolicy } from "../policy/risk.ts";
import { randomFrom } from "../random.ts";
import { measureRisk } from "./measure.ts";
import { exposureOutlook } from "./outlook.ts";
import { type RiskReport, riskReportSchema } from "./report.ts";

const POLICY: RiskPolicy = {
  lookbackBars: 120,
  confidence: 0.95,
  volatilityTarget: 0.15,
  moderateFrom: { volatility: 0.2, valueAtRisk: 0.02, drawdown: 0.1 },
  highFrom: { volatility: 0.4, valueAtRisk: 0.04, drawdown: 0.25 },
  maxDrawdown: 0.3,
  maxStressLoss: 0.9,
  exposureByLevel: { LOW: 1, MODERATE: 0.7, HIGH: 0.3 },
  breachExposure: 0.2,
};

function walk(symbol: string, bars: number, daily: number, seed = 1): Bars {
  const random = randomFrom(seed);
  const close = new Float64Array(bars);
  let price = 100;
  for (let t = 0; t < bars; t += 1) {
    close[t] = price;
    price *= 1 + daily * (random.uniform() * 2 - 1) * Math.sqrt(3);
  }
  return dailyBars(symbol, { open: close, close });
}

function viewOf(...bars: Bars[]): MarketView {
  return new MarketView(createPanel(bars), Math.max(...bars.map((one) => last(one.closeTime))));
}

function measure(view: MarketView, policy: Partial<RiskPolicy> = {}, more = {}): RiskReport {
  const report = measureRisk(view, {
    policy: { ...POLICY, ...policy },
    dataSetId: "d",
    benchmark: null,
    ...more,
  });
  return riskReportSchema.parse(report);
}

describe("a book", () => {
  const calm = viewOf(walk("A", 200, 0.005, 1), walk("B", 200, 0.005, 2));

  it("is equal weight, given or single", () => {
    expect(measure(calm)).toMatchObject({ basis: "equal-weight", weights: { A: 0.5, B: 0.5 }, bars: 120 });
    expect(measure(calm, {}, { symbols: ["A"] })).toMatchObject({ basis: "single", weights: { A: 1 } });
    const given = measure(calm, {}, { weights: { A: 0.5, B: 0 }, symbols: ["A", "B"] });
    expect(given).toMatchObject({ basis: "given", concentration: { herfindahl: 1, effectiveNames: 1 } });
    // Half in cash: half the volatility, but no more exposure is allowed than of the whole.
    const whole = measure(calm, { volatilityTarget: 0.01 }, { symbols: ["A"] });
    const half = measure(calm, { volatilityTarget: 0.01 }, { symbols: ["A"], weights: { A: 0.5 } });
    expect(half.volatility).toBeCloseTo((whole.volatility ?? NaN) / 2, 12);
    expect(half.allowedExposure).toBeCloseTo(whole.allowedExposure, 12);
  });

  it("refuses weights that are no book", () => {
    expect(() => measure(calm, {}, { weights: { A: 0 } })).toThrow("empty");
    expect(() => measure(calm, {}, { weights: { A: NaN } })).toThrow("not a number");
    expect(() => measure(calm, {}, { weights: { A: 1 }, symbols: ["B"] })).toThrow("not among");
    expect(() => measure(calm, {}, { weights: { Z: 1 } })).toThrow("not in this data set");
  });

  it("needs 20 common bars of what is given", () => {
    const short = viewOf(walk("A", 200, 0.01), walk("B", 19, 0.01));
    for (const given of [{ symbols: ["A", "B"] }, { weights: { A: 0.5, B: 0.5 } }]) {
      expect(() => measure(short, {}, given)).toThrow(
        expect.objectContaining({
          code: "DATA_INSUFFICIENT",
          message: expect.stringContaining("there are 0") as string,
        }) as Error,
      );
    }
    expect(() => measure(viewOf(walk("B", 19, 0.01)))).toThrow("there are 19");
    expect(measure(viewOf(walk("B", 20, 0.01))).bars).toBe(20);
  });

  it("needs given symbols that still trade", () => {
    const view = viewOf(walk("A", 200, 0.01), sliceBars(walk("B", 200, 0.01, 2), 0, 192));
    const problem =
      "The risk of B is not known: no bar since 2000-07-10, while others have bars up to 2000-07-18.";
    expect(() => measure(view, {}, { symbols: ["A", "B"] })).toThrow(problem);
    expect(() => measure(view, {}, { symbols: ["B"] })).toThrow(problem);
  });
});

describe("symbols that cannot be measured", () => {
  const a = walk("A", 200, 0.01, 1);
  const b = walk("B", 200, 0.01, 2);
  const dates = (days: readonly number[], symbol: string, seed: number): Bars => {
    const { close } = walk(symbol, days.length, 0.01, seed);
    return dailyBars(symbol, { open: close, close }, days);
  };
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

  it("do not stop the others: young, not yet listed, or no longer traded", () => {
    const view = viewOf(
      a,
      sliceBars(walk("YOUNG", 200, 0.01, 3), 181, 200),
      sliceBars(walk("GONE", 200, 0.01, 4), 0, 192),
      b,
    );
    const report = measure(view);
    expect(report.unmeasured).toEqual([
      { symbol: "YOUNG", reason: "19 bars known, 60 needed" },
      { symbol: "GONE", reason: "no bar since 2000-07-10, while others have bars up to 2000-07-18" },
    ]);
    const alone = measure(viewOf(a, b));
    expect(alone.unmeasured).toEqual([]);
    expect(report).toEqual({
      ...alone,
      unmeasured: report.unmeasured,
      summary: `${alone.summary} Not measured: YOUNG, GONE.`,
    });
    const unlisted = measure(view.until(last(a.closeTime) - 20 * 86_400_000));
    expect(unlisted.unmeasured).toEqual([{ symbol: "YOUNG", reason: "no bars are known yet" }]);
    expect(Object.keys(unlisted.weights)).toEqual(["A", "GONE", "B"]);
  });

  it("the odd one goes first where all have bars enough but too few in common", () => {
    // Of the last 120 days C misses all but 10 and the last 12, and D stopped 5 days ago: 17 in common.
    const young = dates([...range(0, 90), ...range(188, 200)], "C", 3);
    const late = dates(range(0, 195), "D", 4);
    const report = measure(viewOf(a, young, late, b));
    expect(report.unmeasured).toEqual([
      { symbol: "C", reason: "17 bars in common with the others, 20 needed" },
    ]);
    expect(report.bars).toBe(115);
    // Of two that miss each other's days, and no others, the one that began later.
    const even = dates(
      range(0, 100).map((day) => 2 * day),
      "E",
      5,
    );
    const odd = dates(
      range(0, 100).map((day) => 2 * day + 1),
      "O",
      6,
    );
    for (const view of [viewOf(odd, even), viewOf(even, odd)]) {
      expect(measure(view).unmeasured.map((one) => one.symbol)).toEqual(["O"]);
    }
  });

  it("an old patchy series goes before the newcomers that it has nothing in common with", () => {
    const patchy = dates(
      range(0, 20).map((day) => 10 * day),
      "P",
      3,
    );
    const young = [dates(range(160, 200), "C", 4), dates(range(170, 200), "D", 5)];
    const report = measure(viewOf(patchy, ...young));
    expect(report.unmeasured.map((one) => one.symbol)).toEqual(["P"]);
    expect(report.bars).toBe(30);
  });

  it("leave at least one or none", () => {
    const short = viewOf(walk("A", 19, 0.01), walk("B", 12, 0.01, 2));
    expect(() => measure(short)).toThrow(
      expect.objectContaining({
        code: "DATA_INSUFFICIENT",
        message: expect.stringContaining("bars known: A 19, B 12") as string,
      }) as Error,
    );
    expect(measure(viewOf(a, sliceBars(b, 190, 200))).basis).toBe("single");
  });
});

describe("level, breaches and exposure", () => {
  const view = viewOf(walk("A", 200, 0.005, 1), walk("B", 200, 0.005, 2));

  it("says for every level which figure meets which threshold", () => {
    const { volatility } = measure(view);
    const figure = `${(Math.round((volatility ?? NaN) * 1000) / 10).toFixed(1)}%`;
    const low = measure(view);
    expect(low.level).toBe("LOW");
    expect(low.reasons).toHaveLength(3);
    expect(low.reasons[0]).toBe(`The volatility of ${figure} stays below the MODERATE threshold of 20.0%.`);
    const moderate = measure(view, { moderateFrom: { volatility: 0.01, valueAtRisk: 1, drawdown: 1 } });
    expect(moderate.level).toBe("MODERATE");
    expect(moderate.reasons).toEqual([`The volatility of ${figure} reaches the MODERATE threshold of 1.0%.`]);
    const high = measure(view, { highFrom: { volatility: 1, valueAtRisk: 0.0001, drawdown: 1 } });
    expect(high.level).toBe("HIGH");
    expect(high.reasons[0]).toContain("one-day VaR");
  });

  it("goes by the drawdown that lasts, not by one that was made good", () => {
    const close = Float64Array.from({ length: 120 }, (_, t) => (t < 40 ? 100 : t < 80 ? 60 : 101));
    const thresholds = { volatility: 9, valueAtRisk: 9, drawdown: 0.25 };
    const recovered = viewOf(dailyBars("A", { open: close, close }));
    expect(measure(recovered, { moderateFrom: thresholds, highFrom: thresholds }).level).toBe("LOW");
    const below = recovered.until(Date.UTC(2000, 0, 1) + 79 * 86_400_000);
    expect(measure(below, { moderateFrom: thresholds, highFrom: thresholds }).level).toBe("HIGH");
  });

  it("halves target and caps for a low risk appetite", () => {
    const tight = { volatilityTarget: 0.01 };
    const usual = measure(view, tight);
    expect(measure(view, tight, { constraints: { riskAppetite: "low" } }).allowedExposure).toBeCloseTo(
      usual.allowedExposure / 2,
      12,
    );
    const level = measure(view, { volatilityTarget: 2 }, { constraints: { riskAppetite: "low" } });
    expect(level.allowedExposure).toBe(0.5);
    expect(level.exposureReasons[0]).toContain("low risk appetite");
    const high = measure(view, tight, { constraints: { riskAppetite: "high" } });
    expect(high.allowedExposure).toBe(usual.allowedExposure);
  });

  it("scales the exposure to the loss that the policy allows under stress", () => {
    // Without a benchmark beta is 1: a repeat of 676.53 / 1565.15 - 1 = -56.775% costs a full book as much.
    const stressed = measure(view, { maxStressLoss: 0.2, volatilityTarget: 2 });
    expect(stressed.allowedExposure).toBeCloseTo(0.2 / 0.56775, 5);
    expect(stressed.exposureReasons[0]).toBe(
      'A repeat of "Financial crisis 2007-2009" would cost 56.8% of a fully invested book; to lose at most 20.0% the exposure is at most 35.2%.',
    );
    expect(stressed.breaches).toEqual([
      {
        limit: "maxStressLoss",
        value: expect.closeTo(0.56775, 5) as number,
        maximum: 0.2,
        message:
          'Fully invested, the book would lose 56.8% in a repeat of "Financial crisis 2007-2009"; the policy lets it lose 20.0%.',
      },
    ]);
    // What is allowed of the book loses just that.
    expect(stressed.allowedExposure * (stressed.breaches[0]?.value ?? NaN)).toBeCloseTo(0.2, 12);
    // The same mix in half cash is allowed the same exposure.
    const half = measure(
      view,
      { maxStressLoss: 0.2, volatilityTarget: 2 },
      { weights: { A: 0.25, B: 0.25 } },
    );
    expect(half.stress[3]?.return).toBeCloseTo((stressed.stress[3]?.return ?? NaN) / 2, 12);
    expect(half.allowedExposure).toBeCloseTo(stressed.allowedExposure, 12);
    expect(half.breaches).toEqual(stressed.breaches);
    // A low appetite halves the loss.
    const low = measure(
      view,
      { maxStressLoss: 0.2, volatilityTarget: 2 },
      { constraints: { riskAppetite: "low" } },
    );
    expect(low.allowedExposure).toBeCloseTo(stressed.allowedExposure / 2, 12);
    expect(low.exposureReasons[0]).toContain("lose at most 10.0% (halved for a low risk appetite) the");
    const wide = measure(view, { maxStressLoss: 0.57, volatilityTarget: 2 });
    expect(wide).toMatchObject({ breaches: [], allowedExposure: 1 });
  });

  it("names the scenario that costs most, and no repeat of one that never was", () => {
    // One name that moves 8% a day: a quarter's gap is 25%, a month at twice its 127% a year costs more than all.
    const wild = measure(viewOf(walk("W", 200, 0.08)), { maxStressLoss: 0.2, volatilityTarget: 2 });
    const worst = Math.min(...wild.stress.map((one) => one.return ?? 0));
    const scenario = wild.stress.find((one) => one.return === worst);
    expect(scenario?.kind).toBe("hypothetical");
    expect(wild.exposureReasons.join(" ")).toContain(`"${scenario?.scenario}" would cost`);
    expect(wild.exposureReasons.join(" ")).not.toContain("epeat");
    expect(wild.exposureReasons.join(" ")).toContain(`at most ${(20 / -worst).toFixed(1)}%`);
  });

  it("caps the exposure while the drawdown is too deep", () => {
    const fallen = measure(view, { maxDrawdown: 0.001 });
    expect(fallen.breaches).toHaveLength(1);
    expect(fallen.breaches[0]).toMatchObject({ limit: "maxDrawdown", value: -(fallen.currentDrawdown ?? 0) });
    expect(fallen.allowedExposure).toBe(0.2);
    const careful = measure(view, { maxDrawdown: 0.001 }, { constraints: { riskAppetite: "low" } });
    expect(careful.allowedExposure).toBe(0.1);
    expect(exposureOutlook(fallen)[0]).toMatch(
      /^The allowed exposure rises from 20\.0% to 100\.0% when the current drawdown is back to 0\.1% \(now \d+\.\d%\)\.$/,
    );
  });

  it("follows thresholds and targets up and down", () => {
    const scale = double({ min: 0.05, max: 3, noNaN: true });
    assert(
      property(scale, scale, constantFrom("volatility", "valueAtRisk", "drawdown"), (one, other, figure) => {
        const [lower, upper] = one < other ? [one, other] : [other, one];
        const loosened = (by: number): Partial<RiskPolicy>[] => [
          { volatilityTarget: POLICY.volatilityTarget * by },
          { moderateFrom: { ...POLICY.moderateFrom, [figure]: POLICY.moderateFrom[figure] * by } },
          { highFrom: { ...POLICY.highFrom, [figure]: POLICY.highFrom[figure] * by } },
          { maxDrawdown: POLICY.maxDrawdown * by },
          { maxStressLoss: POLICY.maxStressLoss * by },
        ];
        const tight = loosened(lower).map((policy) => measureRisk(view, options(policy)).allowedExposure);
        const loose = loosened(upper).map((policy) => measureRisk(view, options(policy)).allowedExposure);
        for (const [i, exposure] of tight.entries()) expect(exposure).toBeLessThanOrEqual(loose[i] ?? NaN);
      }),
      { numRuns: 60 },
    );
    // And it does move: each of the five can bind.
    expect(measure(view, { volatilityTarget: 0.02 }).allowedExposure).toBeLessThan(0.5);
    expect(measure(view).allowedExposure).toBe(1);
    expect(
      measure(view, { moderateFrom: { ...POLICY.moderateFrom, volatility: 0.01 } }).allowedExposure,
    ).toBe(0.7);
    expect(measure(view, { highFrom: { ...POLICY.highFrom, valueAtRisk: 0.001 } }).allowedExposure).toBe(0.3);
    expect(measure(view, { maxStressLoss: 0.5 }).allowedExposure).toBeCloseTo(0.5 / 0.56775, 4);
    expect(measure(view, { maxDrawdown: 0.0001 }).allowedExposure).toBe(0.2);

    function options(policy: Partial<RiskPolicy>) {
      return { policy: { ...POLICY, ...policy }, dataSetId: "d", benchmark: null };
    }
  });

  it("says what would let the exposure rise, and the figure is right", () => {
    const report = measure(view, { volatilityTarget: 0.02 });
    const [sentence = ""] = exposureOutlook(report);
    const match = /rises from (.*)% to 100\.0% when volatility falls to 2\.0% \(now (.*)%\)/.exec(sentence);
    expect(Number(match?.[1])).toBeCloseTo(report.allowedExposure * 100, 1);
    expect(Number(match?.[2])).toBeCloseTo((report.volatility ?? NaN) * 100, 1);
    // With no other limit below 100%, the worst loss of a full book may be all that is allowed.
    expect(exposureOutlook(measure(view, { maxStressLoss: 0.4 }))[0]).toBe(
      'The allowed exposure rises from 70.5% to 100.0% when the worst stress loss of a fully invested book falls to 40.0% (now 56.8%, in a repeat of "Financial crisis 2007-2009").',
    );
    const high = measure(view, { highFrom: { ...POLICY.highFrom, valueAtRisk: 0.001 } });
    expect(exposureOutlook(high)[0]).toMatch(
      /^The allowed exposure rises from 30\.0% to 70\.0% when the level falls to MODERATE: one-day VaR/,
    );
    expect(exposureOutlook(measure(view))).toEqual([
      expect.stringMatching(
        /^The allowed exposure falls from 100\.0% to 70\.0% when the level rises to MODERATE: volatility of 20\.0%/,
      ),
    ]);
  });
});

describe("time and absence", () => {
  it("knows nothing after the view's time", () => {
    const bars = walk("A", 200, 0.02);
    const cut = sliceBars(bars, 0, 150);
    const spoiled: Bars = { ...bars, close: bars.close.map((price, i) => (i < 150 ? price : 1e6)) };
    const early = new MarketView(createPanel([spoiled]), last(cut.closeTime));
    expect(measure(early)).toEqual(measure(viewOf(cut)));
    expect(() => measure(early, {}, { benchmark: walk("I", 200, 0.01) })).toThrow("past the view's time");
  });

  it("names every figure that is null", () => {
    const report = measure(viewOf(walk("A", 60, 0.01)), {}, { benchmark: walk("I", 10, 0.01) });
    expect(nullPaths(report).sort()).toEqual([
      "beta.value",
      "correlation.highest",
      "correlation.mean",
      "perSymbol.A.beta",
    ]);
    expect(Object.keys(report.absent).sort()).toEqual(nullPaths(report).sort());
    expect(report.absent["beta.value"]).toContain("10 bars in common with I");
    const none = measure(viewOf(walk("A", 60, 0.01), walk("B", 60, 0.01, 2)));
    expect(Object.keys(none.absent).sort()).toEqual(nullPaths(none).sort());
    expect(none.stress[0]?.description).toContain("ASSUMED");
  });

  it("scales one bar to one day on intraday bars", () => {
    const daily = walk("A", 100, 0.01);
    const hourly: Bars = { ...daily, interval: "1h" };
    const [bar, day] = [measure(viewOf(hourly)), measure(viewOf(daily))];
    for (const name of ["valueAtRisk", "expectedShortfall"] as const) {
      for (const kind of ["historical", "parametric"] as const) {
        const ratio = (bar[name][kind] ?? NaN) / (day[name][kind] ?? NaN);
        expect(ratio).toBeCloseTo(Math.sqrt(7), 10);
      }
    }
  });
});

function nullPaths(report: RiskReport): string[] {
  const paths: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null) paths.push(path);
    else if (Array.isArray(value)) {
      for (const one of value as ({ symbol?: string } | null)[]) visit(one, `${path}.${one?.symbol ?? ""}`);
    } else if (typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) visit(inner, path === "" ? key : `${path}.${key}`);
    }
  };
  visit(report, "");
  return paths;
}

describe.skipIf(!hasSharedData)("real prices", () => {
  it("AAPL over the whole file is the reference's", () => {
    const reference = readSharedJson("market", "reference_metrics.json") as Record<
      string,
      Record<string, number>
    >;
    const bars = sharedBars("AAPL", "market", "daily", "AAPL.csv");
    const report = measure(viewOf(bars), { lookbackBars: 1000 });
    expect(report.bars).toBe(753);
    expect(report.volatility).toBeCloseTo(reference["AAPL"]?.["annual_volatility"] ?? NaN, 10);
    expect(report.maxDrawdown).toBeCloseTo(reference["AAPL"]?.["max_drawdown"] ?? NaN, 10);
  });

  it("NVDA is HIGH in April 2025 and the exposure is cut", () => {
    const bars = sharedBars("NVDA", "market", "daily", "NVDA.csv");
    const view = new MarketView(createPanel([bars]), Date.UTC(2025, 3, 30));
    const report = measure(view);
    expect(report.level).toBe("HIGH");
    expect(report.allowedExposure).toBeLessThanOrEqual(0.3);
  });
});
