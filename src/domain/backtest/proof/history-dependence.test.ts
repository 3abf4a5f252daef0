import { expect, it } from "vitest";
import { z } from "zod";
import { randomPanel } from "../../../../tests/support/random-panel.ts";
import { decide } from "../decide.ts";
import { simulate } from "../engine.ts";
import { backtestSettingsSchema } from "../settings.ts";
import type { SignalStrategy, Strategy, TargetStrategy } from "../strategy.ts";
import { finish } from "./finish.ts";
import { historyDependence } from "./history-dependence.ts";
import type { HistoryDependence } from "./report.ts";

const settings = backtestSettingsSchema.parse({});

/** 400 bars, loaded from bars 40, 100 and 200 on. */
function analyse(rule: Pick<SignalStrategy, "signal"> | Pick<TargetStrategy, "targets">): HistoryDependence {
  const strategy: Strategy = { name: "planted", description: "", params: z.strictObject({}), ...rule };
  const panel = randomPanel(1, 400);
  const window = { fromRow: 0, toRow: panel.rows };
  const decisions = decide(strategy, panel, {});
  const simulation = simulate(panel, decisions, settings, window);
  return finish(
    historyDependence(
      { panel, window, settings, decisions, simulation, periodsPerYear: 252, seed: 1 },
      (other, indicators) => decide(strategy, other, {}, indicators),
    ),
  );
}

function sides(length: number, side: (bar: number) => number): { bars: Int32Array; sides: Int8Array } {
  const bars = Int32Array.from({ length }, (_, bar) => bar);
  return { bars, sides: Int8Array.from(bars, side) };
}

it("notes a schedule that counts from the first bar", () => {
  const history = analyse({
    signal: ({ length }) => sides(length, (bar) => Math.floor(bar / 7) % 2),
  });
  expect(history.standing).toBe("note");
  // The last bar is in week 57 counted from bar 0, 51 from bar 40 (odd as well), 42 from 100 and 28 from 200 (even).
  expect(history.starts.map(({ dropped, agreeAfter }) => [dropped, agreeAfter === null])).toEqual([
    [40, false],
    [100, true],
    [200, true],
  ]);
  expect(history.conclusion).toContain("from 2000-04-10 on they still differ at the end");
});

it("tells how long a warm-up lasts, and that an average of few bars remembers nothing", () => {
  const history = analyse({
    signal: ({ close, length }, _params, { sma }) => {
      const average = sma(close, 20);
      return sides(length, (bar) => ((close[bar] ?? NaN) > (average[bar] ?? NaN) ? 1 : -1));
    },
  });
  expect(history.standing).toBe("passed");
  // There is no average in the first 19 bars after each start: then it is short, whatever the run decided.
  for (const { agreeAfter } of history.starts) {
    expect(agreeAfter).toBeGreaterThan(0);
    expect(agreeAfter).toBeLessThanOrEqual(19);
  }
  expect(history.indicators).toHaveLength(1);
  expect(history.indicators[0]?.name).toBe("sma(20)");
  for (const difference of history.indicators[0]?.difference ?? []) expect(difference).toBeLessThan(1e-12);
});

it("tells how far the seed of an exponential average is still felt", () => {
  const history = analyse({
    signal: ({ close, length }, _params, { ema }) => {
      const average = ema(close, 100);
      return sides(length, (bar) => ((close[bar] ?? NaN) > (average[bar] ?? NaN) ? 1 : 0));
    },
  });
  const [near = NaN, , far = NaN] = history.indicators[0]?.difference.map((one) => one ?? NaN) ?? [];
  // What was before fades by 1 - 2 / 101 a bar: over 360 bars to 0.08 %, over 200 to 2 % of a difference of prices.
  expect(near).toBeGreaterThan(0);
  expect(near).toBeLessThan(0.0008);
  expect(far).toBeGreaterThan(near);
  expect(far).toBeLessThan(0.02);
});

it("sees no difference in weights that need no history, wherever bars lie in their columns", () => {
  const history = analyse({
    targets: ({ rows, bars, barAt }) => ({
      rows: Int32Array.from({ length: rows }, (_, row) => row),
      weights: bars.map(({ open, close }, s) =>
        Float64Array.from({ length: rows }, (_, row) => {
          const bar = barAt[s]?.[row] ?? -1;
          return (close[bar] ?? NaN) > (open[bar] ?? NaN) ? 0.8 : 0.2;
        }),
      ),
    }),
  });
  expect(history).toMatchObject({ standing: "passed", indicators: [] });
  expect(history.starts.map(({ agreeAfter, differing }) => [agreeAfter, differing])).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
});
