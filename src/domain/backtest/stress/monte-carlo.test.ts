import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { at } from "../../market/column.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { backtestSettingsSchema } from "../settings.ts";
import { smaCross } from "../strategies/sma-cross.ts";
import { PathResults } from "./distribution.ts";
import type { PathModelName } from "./models/path-model.ts";
import { monteCarlo } from "./monte-carlo.ts";
import type { MonteCarloResult } from "./monte-carlo-report.ts";
import { equalParts, strategySubject, type Subject } from "./subject.ts";

const FREE = backtestSettingsSchema.parse({ commission: 0, slippageBps: 0, closeOut: false });
const ROWS = 400;

function panelOf(seed: number): Panel {
  const random = randomFrom(seed);
  const symbols = ["A", "B"].map((symbol) => {
    let level = 50;
    let variance = 1e-4;
    const close = Float64Array.from({ length: ROWS }, () => {
      const shock = Math.sqrt(variance) * random.normal();
      variance = 4e-6 + 0.1 * shock * shock + 0.86 * variance;
      return (level *= Math.exp(0.0005 + shock));
    });
    const open = close.map((price) => price * (1 + 0.003 * random.normal()));
    return dailyBars(symbol, { open, close });
  });
  return createPanel(symbols);
}

const PANEL = panelOf(21);

function run(model: PathModelName, subject: Subject, seed = 1, paths = 60, panel = PANEL): MonteCarloResult {
  const work = monteCarlo({
    panel,
    window: { fromRow: 0, toRow: panel.rows },
    model,
    subject,
    settings: FREE,
    paths,
    seed,
  });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const CROSS = strategySubject(smaCross, { fast: 5, slow: 20, short: false });

describe("what is said of many paths", () => {
  it("by hand", () => {
    const results = new PathResults(4);
    // Returns +10 %, -50 %, 0, -100 %; drawdowns -10 %, -50 %, -25 %, -100 %.
    results.record(0, Float64Array.of(100, 90, 110), false);
    results.record(1, Float64Array.of(100, 80, 50), false);
    results.record(2, Float64Array.of(100, 75, 100), false);
    results.record(3, Float64Array.of(100, 40, 0), true);
    const of = results.distribution(2);
    expect(of.totalReturn.p50).toBeCloseTo(-0.25, 12);
    expect(of.totalReturn.p75).toBeCloseTo(0.025, 12);
    expect(of.cagr?.p50).toBeCloseTo((Math.sqrt(0.5) - 1 + 0) / 2, 12);
    expect(of.maxDrawdown.p5).toBeCloseTo(-1 + 0.15 * 0.5, 12);
    expect(of.probabilityOfLoss).toBe(0.5);
    expect(of.probabilityOfDrawdown).toEqual({ beyond20: 0.75, beyond30: 0.5, beyond50: 0.25 });
    expect(of.expectedShortfall).toBe(-1);
    expect(of.probabilityOfRuin).toBe(0.25);
  });
});

describe("paths through the engine", () => {
  it("buy and hold is what it is compared with", () => {
    const result = run("block-bootstrap", equalParts(2));
    expect(result.tested).toEqual(result.buyAndHold);
    expect(result.probabilityOfBeatingBuyAndHold).toBe(0);
    expect(result).toMatchObject({ paths: 60, bars: ROWS, seed: 1, fittedOn: ROWS - 1 });
  });

  it("the bootstrap's median of holding lies near the real return", () => {
    const { buyAndHold, real } = run("block-bootstrap", equalParts(2), 1, 300);
    expect(buyAndHold.totalReturn.p5).toBeLessThan(real.totalReturn);
    expect(buyAndHold.totalReturn.p95).toBeGreaterThan(real.totalReturn);
  });

  it.each(["block-bootstrap", "garch"] as const)("%s: one seed, one result", (model) => {
    expect(run(model, CROSS, 3)).toEqual(run(model, CROSS, 3));
    expect(run(model, CROSS, 3).tested).not.toEqual(run(model, CROSS, 4).tested);
  });

  it("paths have the window's rows, valid bars, and the history before it", () => {
    let looked = 0;
    // Each bar as its open and its close against the close before.
    const shapes = (panel: Panel): string[] => {
      const { open, close } = panel.bars[0] ?? { open: new Float64Array(0), close: new Float64Array(0) };
      return Array.from({ length: 299 }, (_, i) =>
        [open, close].map((price) => (at(price, 101 + i) / at(close, 100 + i)).toFixed(9)).join(" "),
      );
    };
    const real = new Set(shapes(PANEL));
    const looking: Subject = {
      held: false,
      decide: (panel, entryRow) => {
        if (panel !== PANEL) {
          looked += 1;
          for (const shape of shapes(panel)) expect(real).toContain(shape);
          expect(panel.time).toEqual(PANEL.time);
          for (const [s, { open, high, low, close }] of panel.bars.entries()) {
            expect(close.subarray(0, 100)).toEqual(PANEL.bars[s]?.close.subarray(0, 100));
            for (let row = 100; row < panel.rows; row += 1) {
              expect(at(low, row)).toBeGreaterThan(0);
              expect(at(low, row)).toBeLessThanOrEqual(Math.min(at(open, row), at(close, row)));
              expect(at(high, row)).toBeGreaterThanOrEqual(Math.max(at(open, row), at(close, row)));
            }
          }
        }
        return equalParts(2).decide(panel, entryRow);
      },
    };
    const work = monteCarlo({
      panel: PANEL,
      window: { fromRow: 100, toRow: ROWS },
      model: "block-bootstrap",
      subject: looking,
      settings: FREE,
      paths: 3,
      seed: 1,
    });
    while (work.next().done !== true);
    expect(looked).toBe(3);
  });

  it("says what is missing", () => {
    const short = createPanel(
      PANEL.bars.map((bars) =>
        dailyBars(bars.symbol, { open: bars.open.slice(0, 80), close: bars.close.slice(0, 80) }),
      ),
    );
    expect(() => run("garch", CROSS, 1, 20, short)).toThrow(/250 returns are needed .* there are 79/);
    const still = createPanel([
      dailyBars("A", { open: new Float64Array(300).fill(5), close: new Float64Array(300).fill(5) }),
    ]);
    expect(() => run("garch", equalParts(1), 1, 20, still)).toThrow(
      /GARCH cannot be fitted to A: the returns do not vary/,
    );
  });
});
