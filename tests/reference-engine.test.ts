import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Decisions } from "../src/domain/backtest/decisions.ts";
import { simulate } from "../src/domain/backtest/engine.ts";
import { FILL_CAUSES } from "../src/domain/backtest/fills.ts";
import type { RowWindow } from "../src/domain/backtest/row-window.ts";
import { type BacktestSettings, backtestSettingsSchema } from "../src/domain/backtest/settings.ts";
import type { Signal } from "../src/domain/backtest/signal.ts";
import type { Simulation } from "../src/domain/backtest/simulation.ts";
import type { Targets } from "../src/domain/backtest/targets.ts";
import type { Panel } from "../src/domain/market/panel.ts";
import { referenceRun, type ReferenceResult, type Rule } from "./support/reference-engine/reference-run.ts";
import { randomMarket, type RandomMarket } from "./support/random-market.ts";
import { anyPlan, ruleOf } from "./support/random-orders.ts";
import { anyShareEvents, withShareEvents } from "./support/random-share-events.ts";

const seed = 20_240_701;

interface Case {
  readonly panel: Panel;
  readonly targets: Targets;
  readonly settings: BacktestSettings;
  readonly window: RowWindow;
}

/** Markets with adjusted prices, or with raw ones and their splits and dividends. */
function cases(market: fc.Arbitrary<RandomMarket> = randomMarket()): fc.Arbitrary<Case> {
  return fc
    .record({
      market,
      raw: fc.boolean(),
      events: anyShareEvents(fc.constantFrom(0, 0.01, 0.1)),
      adjustment: fc.constantFrom("splits" as const, "splits-and-dividends" as const),
      dividends: fc.constantFrom("cash" as const, "reinvest" as const),
      from: fc.oneof(fc.constant(0), fc.nat(24)),
      length: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 25 })),
    })
    .map(({ market: { panel, targets, settings }, raw, events, adjustment, dividends, from, length }) => {
      const fromRow = from % panel.rows;
      return {
        panel: raw ? withShareEvents(panel, events, adjustment) : panel,
        targets,
        settings: { ...settings, dividends, prices: raw ? "raw" : "adjusted" },
        window: { fromRow, toRow: Math.min(panel.rows, fromRow + length) },
      };
    });
}

it("executes weights as the reference engine does, at every setting", () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(cases(), (given) => {
      agree(met, given, given.targets, given.targets);
    }),
    { seed, unbiased: true, numRuns: 1000 },
  );
  for (const cause of FILL_CAUSES) {
    if (cause !== "order") expect([cause, met.get(cause)]).toEqual([cause, expect.any(Number)]);
  }
  expect(met.get("ruin")).toBeGreaterThan(3);
});

it("executes signals as the reference engine does the same weights, on the short way too", () => {
  const simple = fc
    .record({
      fill: fc.constantFrom("next-open", "close"),
      latencyBars: fc.constantFrom(0, 1, 3),
      commission: fc.constantFrom(0, 0.01),
      halfSpreadBps: fc.constantFrom(0, 5),
      slippageBps: fc.constantFrom(0, 100),
      closeOut: fc.boolean(),
    })
    .map((given) => backtestSettingsSchema.parse(given));
  const markets = fc.oneof(cases(), cases(randomMarket(simple, 1)));
  const changes = fc.array(fc.constantFrom(null, null, -1, 0, 1), { minLength: 100, maxLength: 100 });
  fc.assert(
    fc.property(markets, changes, (given, sides) => {
      const signals = given.panel.bars.map((bars, s) => signalOf(bars.length, sides.slice(25 * s)));
      agree(new Map(), given, { signals }, weightsOf(given.panel, signals));
    }),
    { seed, unbiased: true, numRuns: 500 },
  );
});

it("executes orders as the reference engine does, and shows a rule the same at every close", () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(cases(), anyPlan, (given, plan) => {
      const rule = ruleOf(plan, given.settings);
      const [shown, expected]: [unknown[][], unknown[][]] = [[], []];
      agree(met, given, { onBar: watched(rule, shown) }, watched(rule, expected));
      expect(shown).toEqual(expected);
    }),
    { seed, unbiased: true, numRuns: 1100 },
  );
  for (const cause of FILL_CAUSES) expect([cause, met.get(cause)]).toEqual([cause, expect.any(Number)]);
});

/** Fails where the two differ by more than rounding; counts what happened in `met`. */
function agree(
  met: Map<string, number>,
  { panel, settings, window }: Case,
  decisions: Decisions,
  same: Targets | Rule,
): void {
  const reference = referenceRun(panel, settings, window, same);
  expect(difference(simulate(panel, decisions, settings, window), reference, settings)).toBeNull();
  const count = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1);
  for (const { cause } of reference.ledger.fills) count(cause);
  if (reference.ruinedRow !== null) count("ruin");
}

/** The first thing that the two do not have in common. */
function difference(
  result: Simulation,
  { ledger, equity, cash, ...reference }: ReferenceResult,
  { capital }: BacktestSettings,
): string | null {
  const { fills } = result;
  for (const [i, fill] of ledger.fills.entries()) {
    const own = [fills.row[i], fills.symbol[i], FILL_CAUSES[fills.cause[i] ?? -1]];
    const told = `fill ${i}: ${own.join(" ")} ${fills.shares[i]} at ${fills.price[i]}, not ${JSON.stringify(fill)}`;
    if (own.join() !== [fill.row, fill.symbol, fill.cause].join()) return told;
    const fee = Math.abs((fills.commission[i] ?? NaN) - fill.commission);
    const close = near(fills.shares[i], fill.shares) && near(fills.price[i], fill.price);
    if (!close || !(fee <= 1e-6 * capital)) return told;
  }
  if (fills.length !== ledger.fills.length) return `${fills.length} fills, not ${ledger.fills.length}`;
  const sums: readonly (readonly [name: string, own: number, other: number])[] = [
    ...equity.map((value, i) => [`equity of row ${i}`, result.equity[i] ?? NaN, value] as const),
    ...cash.map((value, i) => [`cash of row ${i}`, result.cash[i] ?? NaN, value] as const),
    ["spread, slippage and impact", result.spread + result.slippage + result.impact, ledger.lost],
    ["cash interest", result.cashInterest, ledger.cashInterest],
    ["margin interest", result.marginInterest, ledger.marginInterest],
    ["borrow cost", result.borrowCost, ledger.borrowCost],
    ["dividends", result.dividends, reference.dividends],
  ];
  for (const [name, own, other] of sums) {
    if (!(Math.abs(own - other) <= 1e-6 * (capital + Math.abs(other))))
      return `${name}: ${own}, not ${other}`;
  }
  for (const name of ["liquidations", "ruinedRow", "working"] as const) {
    if (result[name] !== reference[name]) return `${name}: ${result[name]}, not ${reference[name]}`;
  }
  return null;
}

function near(own: number | undefined, other: number): boolean {
  return Math.abs((own ?? NaN) - other) <= 1e-6 * Math.max(1e-3, Math.abs(other));
}

/** A rule that notes what it is shown. */
function watched(rule: Rule, shown: unknown[][]): Rule {
  return (desk) => {
    const rounded = (value: number): number => Number(value.toPrecision(6));
    shown.push([
      desk.bar,
      desk.time,
      ...desk.symbols.map((symbol) => [rounded(desk.shares(symbol)), rounded(desk.entryPrice(symbol))]),
      ...desk.orders.map(({ id, symbol, kind, shares }) => [id, symbol, kind, rounded(shares)]),
    ]);
    rule(desk);
  };
}

/** Of a symbol with so many bars; null keeps the side. */
function signalOf(length: number, sides: readonly (number | null)[]): Signal {
  const changed = sides.slice(0, length).flatMap((side, bar) => (side === null ? [] : [{ bar, side }]));
  return {
    bars: Int32Array.from(changed, ({ bar }) => bar),
    sides: Int8Array.from(changed, ({ side }) => side),
  };
}

/** The same as equal parts of the equity. */
function weightsOf(panel: Panel, signals: readonly Signal[]): Targets {
  const rows = Int32Array.from({ length: panel.rows }, (_, row) => row);
  return {
    rows,
    weights: signals.map(({ bars, sides }, s) =>
      Float64Array.from(rows, (row) => {
        const change = bars.indexOf(panel.barAt[s]?.[row] ?? -1);
        return change < 0 ? NaN : (sides[change] ?? NaN) / signals.length;
      }),
    ),
  };
}
