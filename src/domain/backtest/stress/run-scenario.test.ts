import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import type { Bars } from "../../market/bars.ts";
import { at, type Column, last } from "../../market/column.ts";
import { createPanel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { decide } from "../decide.ts";
import { simulate } from "../engine.ts";
import { finish } from "../proof/finish.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { smaCross } from "../strategies/sma-cross.ts";
import { nextRows } from "./next-rows.ts";
import { parseScenario } from "./parse-scenario.ts";
import { PathPanel } from "./path-panel.ts";
import { runScenario, stressGround } from "./run-scenario.ts";
import type { ScenarioResult } from "./scenario-report.ts";
import { findScenario } from "./scenarios.ts";
import { equalParts, portfolioSubject, strategySubject, type Subject } from "./subject.ts";

const FREE = backtestSettingsSchema.parse({ commission: 0, slippageBps: 0, closeOut: false });

/** A symbol that moves by beta x the market's move plus noise of its own. */
function bars(symbol: string, market: Column, beta: number, own: number, seed: number): Bars {
  const random = randomFrom(seed);
  let level = 100;
  const close = market.map((move) => (level *= Math.exp(beta * move + own * random.normal())));
  const open = close.map((price) => price * (1 + 0.004 * random.normal()));
  const high = close.map((price, i) => Math.max(price, at(open, i)) * 1.003);
  const low = close.map((price, i) => Math.min(price, at(open, i)) * 0.996);
  return dailyBars(symbol, { open, high, low, close });
}

const market = (() => {
  const random = randomFrom(11);
  return Float64Array.from({ length: 400 }, () => 0.0004 + 0.01 * random.normal());
})();
const INDEX = bars("SPX", market, 1, 0, 1);
const ONE = createPanel([bars("ONE", market, 1, 0, 2)]);
const TWO = createPanel([bars("AAA", market, 1.5, 0.012, 3), bars("BBB", market, 0.5, 0.006, 4)]);

function through(...given: Parameters<typeof runScenario>): ScenarioResult {
  return finish(runScenario(...given));
}

/** The panel that a subject sees in a scenario. */
function panelIn(scenario: string): ReturnType<typeof createPanel>[] {
  const seen: ReturnType<typeof createPanel>[] = [];
  const looking: Subject = {
    held: true,
    decide: (panel, entryRow) => {
      seen.push(structuredClone(panel));
      return equalParts(1).decide(panel, entryRow);
    },
  };
  through(stressGround(ONE, INDEX, 0), parseScenario(scenario), looking, FREE, randomFrom(1));
  return seen;
}

describe("bars of a scenario", () => {
  it("begin after the last real bar, on trading days", () => {
    const rows = nextRows(ONE, 5);
    // 400 days from 2000-01-01 end on Saturday 2001-02-03.
    expect(Array.from(rows.time, (time) => new Date(time).toISOString().slice(0, 16))).toEqual([
      "2001-02-05T14:30",
      "2001-02-06T14:30",
      "2001-02-07T14:30",
      "2001-02-08T14:30",
      "2001-02-09T14:30",
    ]);
  });

  it.each(["drop=-0.3,bars=20", "flash-crash", "gap-down", "liquidity-drought", "volatility-spike"])(
    "%s: low at most, high at least, open and close, and positive",
    (scenario) => {
      for (const panel of panelIn(scenario).slice(0, 4)) {
        const [own] = panel.bars;
        for (let i = 0; i < (own?.length ?? 0); i += 1) {
          const [open = NaN, high = NaN, low = NaN, close = NaN] = [
            own?.open,
            own?.high,
            own?.low,
            own?.close,
          ].map((column) => column?.[i] ?? NaN);
          expect(low).toBeGreaterThan(0);
          expect(low).toBeLessThanOrEqual(Math.min(open, close));
          expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
        }
      }
    },
  );

  it("any written bar is valid", () => {
    const target = new PathPanel(ONE, 10, nextRows(ONE, 1));
    const [own] = target.panel.bars;
    const move = fc.double({ min: -3, max: 3, noNaN: true });
    const reach = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(move, move, reach, reach, (close, gap, up, down) => {
        target.write(0, 0, { move: close, gap, up, down, volume: 1 });
        const [open = NaN, high = NaN, low = NaN, shut = NaN] = [
          own?.open,
          own?.high,
          own?.low,
          own?.close,
        ].map((column) => column?.[10] ?? NaN);
        return low > 0 && low <= Math.min(open, shut) && high >= Math.max(open, shut);
      }),
    );
  });

  it("a symbol with a beta of 1 and no part of its own closes where the market does", () => {
    for (const panel of panelIn("drop=-0.3,bars=20,recovery=10").slice(0, 3)) {
      const close = panel.bars[0]?.close ?? new Float64Array(0);
      const before = at(close, 399);
      expect(at(close, 419) / before).toBeCloseTo(0.7, 9);
      expect(Math.min(...close.subarray(400)) / before).toBeCloseTo(0.7, 9);
      expect(last(close) / before).toBeCloseTo(1, 9);
    }
  });

  it("a gap opens where it is said, a flash crash comes back within the bar", () => {
    const gap = panelIn("gap-down")[0]?.bars[0];
    expect((gap?.open[400] ?? NaN) / (gap?.close[399] ?? NaN)).toBeCloseTo(224.84 / 282.7, 9);
    const flash = panelIn("flash-crash")[0]?.bars[0];
    expect((flash?.low[400] ?? NaN) / (flash?.close[399] ?? NaN)).toBeLessThanOrEqual(
      1065.79 / 1165.87 + 1e-9,
    );
    expect((flash?.close[400] ?? NaN) / (flash?.close[399] ?? NaN)).toBeCloseTo(1128.15 / 1165.87, 9);
  });

  it("a drought leaves a fifth of the volume", () => {
    const own = panelIn("liquidity-drought")[0]?.bars[0];
    expect(own?.volume[400]).toBeCloseTo(0.2e6, 3);
    expect(own?.volume[450]).toBeCloseTo(1e6, 3);
  });
});

describe("what a scenario does", () => {
  it("to a held symbol with a beta of 1: exactly the market's fall", () => {
    const {
      tested,
      buyAndHold,
      market: moved,
    } = through(
      stressGround(ONE, INDEX, 0),
      parseScenario("drop=-0.3,bars=20,recovery=30"),
      portfolioSubject([1]),
      FREE,
      randomFrom(1),
    );
    expect(moved.fallReturn).toBeCloseTo(-0.3, 10);
    expect(tested.fallReturn).toBeCloseTo(-0.3, 6);
    expect(tested.maxDrawdown).toBeCloseTo(-0.3, 6);
    expect(tested.totalReturn).toBeCloseTo(0, 6);
    expect(tested.exposureBefore).toBeCloseTo(1, 6);
    expect(buyAndHold).toEqual(tested);
  });

  it("to half a portfolio about half, to a short the opposite, to cash nothing", () => {
    const fall = (weight: number): number =>
      through(
        stressGround(ONE, INDEX, 0),
        parseScenario("drop=-0.2,bars=5"),
        portfolioSubject([weight]),
        FREE,
        randomFrom(1),
      ).tested.fallReturn;
    expect(fall(0.5)).toBeCloseTo(-0.1, 2);
    expect(fall(-0.5)).toBeCloseTo(0.1, 2);
    expect(fall(0)).toBe(0);
  });

  it("by beta: betas are found, and without residuals symbols fall by theirs", () => {
    const ground = stressGround(TWO, INDEX, 0);
    expect(ground.model.betas[0]).toBeCloseTo(1.5, 0);
    expect(ground.model.betas[1]).toBeCloseTo(0.5, 0);
    const beta = ground.model.betas[1] ?? NaN;
    const one = through(
      ground,
      parseScenario("drop=-0.2,bars=10,residuals=0"),
      portfolioSubject([0, 1]),
      FREE,
      randomFrom(1),
    );
    expect(one.tested.fallReturn).toBeCloseTo(0.8 ** beta - 1, 6);
    expect(one.fallReturns.high - one.fallReturns.low).toBeLessThan(1e-9);
  });

  it("without an index: a beta of 1 to the mean of the symbols, and said so", () => {
    const { model } = stressGround(TWO, null, 0);
    expect(model.benchmark).toBeNull();
    expect(model.betas).toEqual([1, 1]);
  });

  it("stops are jumped by a gap: the loss is the gap's, not the stop's", () => {
    const stopped = through(
      stressGround(ONE, INDEX, 0),
      parseScenario("drop=-0.2,gap=-0.2,bars=1"),
      portfolioSubject([1]),
      { ...FREE, stopLoss: 0.05 },
      randomFrom(1),
    );
    expect(stopped.tested.fallReturn).toBeLessThan(-0.19);
    expect(stopped.tested.maxDrawdown).toBeCloseTo(-0.2, 2);
  });

  it("borrowed money calls for margin, and a deep fall takes it all", () => {
    const settings = { ...FREE, maxLeverage: 3, maintenanceMargin: 0.25 };
    const outcome = (scenario: string, weight: number) =>
      through(
        stressGround(ONE, INDEX, 0),
        parseScenario(scenario),
        portfolioSubject([weight]),
        settings,
        randomFrom(1),
      ).tested;
    // Twice the equity in shares: (1 - 2 d) / (2 (1 - d)) falls below a quarter at a fall of d = 1/3.
    expect(outcome("drop=-0.3,bars=30", 2)).toMatchObject({ liquidations: 0, ruined: false });
    expect(outcome("drop=-0.4,bars=30", 2)).toMatchObject({ liquidations: 1, ruined: false });
    expect(outcome("drop=-0.6,gap=-0.6,bars=1", 2.5)).toMatchObject({ ruined: true });
  });

  it("is the same for the same seed, and trades as the engine does on such a panel", () => {
    const run = (seed: number) =>
      through(
        stressGround(TWO, INDEX, 0),
        findScenario("march-2020"),
        strategySubject(smaCross, { fast: 5, slow: 20, short: true }),
        FREE,
        randomFrom(seed),
      );
    const first = run(1);
    expect(run(1)).toEqual(first);
    expect(first.tested).not.toEqual(run(2).tested);
    // A history that is traded ends as it does without a scenario.
    const params = { fast: 5, slow: 20, short: true };
    const { exposure } = simulate(TWO, decide(smaCross, TWO, params), FREE);
    expect(first.tested.exposureBefore).toBeCloseTo(last(exposure), 9);
  });
});
