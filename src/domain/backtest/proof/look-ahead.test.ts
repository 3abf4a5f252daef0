import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dailyBars } from "../../../../tests/support/daily-bars.ts";
import { randomBars, randomPanel } from "../../../../tests/support/random-panel.ts";
import type { Bars } from "../../market/bars.ts";
import { at } from "../../market/column.ts";
import { createPanel, type Panel } from "../../market/panel.ts";
import { randomFrom } from "../../random.ts";
import { decide } from "../decide.ts";
import { simulate } from "../engine.ts";
import { backtestSettingsSchema } from "../settings.ts";
import type { Signal } from "../signal.ts";
import { STRATEGIES } from "../strategies/strategies.ts";
import type { SignalStrategy, Strategy, TargetStrategy } from "../strategy.ts";
import { cutFuture, replaceFuture } from "./change-future.ts";
import { finish } from "./finish.ts";
import { lookAhead } from "./look-ahead.ts";
import type { LookAhead } from "./report.ts";

const settings = backtestSettingsSchema.parse({});
const params = z.strictObject({});

function analyse(
  strategy: Strategy,
  panel: Panel,
  given: Record<string, unknown> = {},
  cuts = 24,
): LookAhead {
  const window = { fromRow: 0, toRow: panel.rows };
  const decisions = decide(strategy, panel, given);
  const subject = {
    panel,
    window,
    settings,
    decisions,
    simulation: simulate(panel, decisions, settings, window),
    periodsPerYear: 252,
    seed: 1,
  };
  return finish(lookAhead(subject, (other) => decide(strategy, other, given), cuts));
}

/** Sides by bar; 2 where nothing is decided. */
function signalOf(bars: Bars, side: (bar: number) => number): Signal {
  const all = Array.from({ length: bars.length }, (_, bar) => ({ bar, side: side(bar) }));
  const decided = all.filter((one) => one.side !== 2);
  return {
    bars: Int32Array.from(decided, (one) => one.bar),
    sides: Int8Array.from(decided, (one) => one.side),
  };
}

function signalStrategy(side: (bars: Bars, bar: number) => number): SignalStrategy<typeof params> {
  return {
    name: "planted",
    description: "",
    params,
    signal: (bars) => signalOf(bars, (bar) => side(bars, bar)),
  };
}

/** Long on days before the close rises. */
const peeks = signalStrategy(({ close }, bar) =>
  (close[bar + 1] ?? NaN) > (close[bar] ?? NaN) ? 1 : bar + 1 < close.length ? 0 : 2,
);

describe("look-ahead analysis", () => {
  it("catches a rule that knows tomorrow's close, at its first decision, and names the field", () => {
    const panel = randomPanel(1, 500, 2);
    const { standing, found, conclusion } = analyse(peeks, panel);
    expect(standing).toBe("failed");
    // A price can only be seen to be read where a change turns the decision, every other bar or so.
    const row = panel.closeTime.findIndex((time) => new Date(time).toISOString() === found?.time);
    expect(row).toBeLessThan(5);
    expect(found).toMatchObject({ what: "decision", after: found?.time, reads: ["close"] });
    expect(conclusion).toMatch(
      /^It looks ahead: the decision of S[01] at 2000-01-0\d changes \((long|cash) becomes (long|cash|no decision)\) when later closes change\.$/,
    );
  });

  it("finds the place where a rule begins to look ahead", () => {
    const late = signalStrategy(({ close }, bar) =>
      bar >= 300 && (close[bar + 1] ?? NaN) > (close[bar] ?? NaN) * 1.2 ? 1 : bar % 7 === 0 ? 0 : 2,
    );
    const panel = randomPanel(2, 500);
    const { found } = analyse(late, panel);
    const row = panel.closeTime.findIndex((time) => new Date(time).toISOString() === found?.time);
    expect(row).toBeGreaterThanOrEqual(300);
    expect(row).toBeLessThan(310);
  });

  it("catches a z-score over the whole sample", () => {
    const full = signalStrategy(({ close }, bar) => {
      const mean = close.reduce((sum, value) => sum + value, 0) / close.length;
      return at(close, bar) < mean ? 1 : 0;
    });
    const { standing, found } = analyse(full, randomPanel(3, 500));
    expect(standing).toBe("failed");
    expect(found?.what).toBe("decision");
  });

  it("catches weights from tomorrow's volume, on a panel with a hole", () => {
    const weighs: TargetStrategy<typeof params> = {
      name: "planted",
      description: "",
      params,
      targets: (panel) => {
        const rows = Int32Array.from({ length: Math.floor(panel.rows / 20) }, (_, k) => k * 20);
        return {
          rows,
          weights: panel.bars.map(({ volume }) =>
            Float64Array.from(rows, (row) => Math.min(0.5, (volume[row + 1] ?? 1e6) / 4e6)),
          ),
        };
      },
    };
    const holed = randomBars("B", 4, 299);
    const days = Array.from({ length: 300 }, (_, day) => day).filter((day) => day !== 150);
    const panel = createPanel([randomBars("A", 4, 300), dailyBars("B", holed, days)]);
    const { found } = analyse(weighs, panel);
    expect(found).toMatchObject({ what: "decision", reads: ["volume"] });
    expect(found?.was).toMatch(/^\d+(\.\d+)?%$/);
  });

  it("tells a rule that fails without later data", () => {
    const needs = signalStrategy(({ close }, bar) =>
      bar % 10 === 0 ? (at(close, Math.min(bar + 5, 399)) > 0 ? 1 : 0) : 2,
    );
    const { found, conclusion } = analyse(needs, randomPanel(5, 400));
    expect(found?.what).toBe("error");
    expect(conclusion).toContain("outside a column");
  });

  it.each(STRATEGIES.map((strategy) => [strategy.name, strategy] as const))(
    "finds nothing in %s",
    (name, strategy) => {
      const panel = randomPanel(6, 420, 4);
      const given = strategy.params.parse({});
      const standing = ["buy-and-hold", "equal-weight"].includes(name) ? "doubtful" : "passed";
      expect(analyse(strategy, panel, given, 12)).toMatchObject({ standing, found: null });
    },
  );

  it("looks at rows too where a symbol has not begun", () => {
    const late = dailyBars("B", randomBars("B", 7, 5), [395, 396, 397, 398, 399]);
    const panel = createPanel([randomBars("A", 7, 400), late]);
    // Only what is cut off leaves the last five rows' rule without its tomorrow.
    const until = signalStrategy(({ close }, bar) =>
      bar < 390 && (close[bar + 1] ?? NaN) > (close[bar] ?? NaN) ? 1 : bar < 390 ? 0 : 2,
    );
    expect(analyse(until, panel)).toMatchObject({
      standing: "failed",
      found: { symbol: "A", reads: ["close"] },
    });
  });

  it("tells a rule that decides otherwise when asked again from one that looks ahead", () => {
    let asked = 0;
    const moody: SignalStrategy<typeof params> = {
      ...peeks,
      signal: (bars) => {
        asked += 1;
        return signalOf(bars, (bar) => ((bar + asked) % 10 === 0 ? 1 : 0));
      },
    };
    const { standing, conclusion, found } = analyse(moody, randomPanel(8, 333));
    expect(standing).toBe("failed");
    expect(conclusion).toMatch(
      /^Asked twice about the same data it decides differently: the decision of S0 at /,
    );
    expect(found).toMatchObject({ what: "decision", reads: [] });
  });

  it("doubts a rule that remembers what it saw first and no longer looks at prices", () => {
    const memory = new Map<string, number[]>();
    const remembers: SignalStrategy<typeof params> = {
      ...peeks,
      signal: (bars) => {
        const { close, symbol } = bars;
        const sides =
          memory.get(symbol) ??
          Array.from(close, (value, bar) => (at(close, Math.min(bar + 1, close.length - 1)) > value ? 1 : 0));
        memory.set(symbol, sides);
        return signalOf(bars, (bar) => sides[bar] ?? 2);
      },
    };
    expect(analyse(remembers, randomPanel(9, 300)).standing).toBe("doubtful");
  });

  it("does not blame a rule that waits for enough bars", () => {
    const patient: SignalStrategy<typeof params> = {
      ...peeks,
      signal: (bars) => {
        if (bars.length < 150) throw new RangeError("150 bars are needed");
        return signalOf(bars, (bar) =>
          bar < 150 ? 2 : at(bars.close, bar) > at(bars.close, bar - 150) ? 1 : 0,
        );
      },
    };
    expect(analyse(patient, randomPanel(10, 400)).standing).toBe("passed");
  });
});

describe("a changed future", () => {
  it("has valid bars, and leaves all up to the row as it is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 58 }),
        fc.integer(),
        fc.constantFrom(0.6, 1.5),
        (row, seed, level) => {
          const panel = randomPanel(7, 60);
          const changed = replaceFuture(panel, row, level, randomFrom(seed));
          const [was, is] = [panel.bars[0], changed.bars[0]];
          if (was === undefined || is === undefined) throw new Error("no bars");
          for (const field of ["open", "high", "low", "close", "volume"] as const) {
            expect(is[field].subarray(0, row + 1)).toEqual(was[field].subarray(0, row + 1));
            expect(is[field].at(-1)).not.toBe(was[field].at(-1));
          }
          for (let bar = 0; bar < is.length; bar += 1) {
            const [open, high, low, close] = [is.open, is.high, is.low, is.close].map((one) => at(one, bar));
            expect(high).toBeGreaterThanOrEqual(Math.max(open ?? NaN, close ?? NaN));
            expect(low).toBeLessThanOrEqual(Math.min(open ?? NaN, close ?? NaN));
            expect(low).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("that is cut off ends with the row, also for a symbol without a bar there", () => {
    const panel = createPanel([
      randomBars("A", 8, 10),
      dailyBars("B", randomBars("B", 8, 8), [0, 1, 2, 3, 6, 7, 8, 9]),
    ]);
    const cut = cutFuture(panel, 5);
    expect(cut.rows).toBe(6);
    expect(cut.bars.map(({ length }) => length)).toEqual([6, 4]);
    expect(Array.from(cut.barAt[1] ?? [])).toEqual([0, 1, 2, 3, -1, -1]);
  });
});
