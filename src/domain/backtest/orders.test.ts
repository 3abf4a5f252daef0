import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { type Day, daysOf, filled, quiet, runSteps as run } from "../../../tests/support/order-days.ts";
import { LookaheadError } from "../errors.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import type { Desk } from "./desk.ts";
import { simulate } from "./engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";

const bars = (...days: Day[]): Panel => daysOf(days);

const settings = (given: object = {}): BacktestSettings =>
  backtestSettingsSchema.parse({ capital: 10_000, commission: 0, slippageBps: 0, closeOut: false, ...given });

describe("a market order", () => {
  it("fills at the next open, with spread and slippage", () => {
    const result = run(
      bars(quiet, [102, 103, 101, 102]),
      { 0: (desk) => desk.buy("A", 5) },
      { slippageBps: 100 },
    );
    expect(filled(result)).toEqual([[1, 5, 103.02, "order"]]);
  });

  it("fills at the close that it was placed at, where closes are filled at", () => {
    const result = run(bars(quiet, quiet), { 1: (desk) => desk.sell("A", 5) }, { fill: "close" });
    expect(filled(result)).toEqual([[1, -5, 100, "order"]]);
  });

  it("fills later with latency", () => {
    const result = run(
      bars(quiet, quiet, quiet, quiet),
      { 0: (desk) => desk.buy("A", 5) },
      { latencyBars: 2 },
    );
    expect(filled(result)).toEqual([[3, 5, 100, "order"]]);
  });

  it("is cut to the cash, which is counted, and the rest cancelled", () => {
    const result = run(bars(quiet, quiet, quiet), { 0: (desk) => desk.buy("A", 150) });
    expect(filled(result)).toEqual([[1, 100, 100, "order"]]);
    expect(result.cashShortRows).toBe(1);
    expect(result.working).toBe(0);
  });

  it("buys back a short in full, and opens no more than the cash reaches for", () => {
    const panel = bars(quiet, quiet, [200, 200, 200, 200]);
    const result = run(panel, { 0: (desk) => desk.sell("A", 50), 1: (desk) => desk.buy("A", 90) });
    // 15,000 in cash; 50 at 200 are owed, the remaining 5,000 buy 25.
    expect(filled(result)).toEqual([
      [1, -50, 100, "order"],
      [2, 75, 200, "order"],
    ]);
  });

  it("is carried on where the volume does not let it through", () => {
    const flat = new Float64Array(4).fill(100);
    const panel = createPanel([
      dailyBars("A", { open: flat, close: flat, volume: Float64Array.of(50, 50, 50, 50) }),
    ]);
    const result = run(panel, { 0: (desk) => desk.buy("A", 12) }, { maxParticipation: 0.1 });
    expect(filled(result).map(([row, shares]) => [row, shares])).toEqual([
      [1, 5],
      [2, 5],
      [3, 2],
    ]);
  });

  it("sells before it buys, whatever the order of placing", () => {
    const flat = { open: new Float64Array(4).fill(100), close: new Float64Array(4).fill(100) };
    const panel = createPanel([dailyBars("A", flat), dailyBars("B", flat)]);
    const result = run(panel, {
      0: (desk) => desk.buy("A", 100),
      1: (desk) => {
        desk.buy("B", 100);
        desk.sell("A", 100);
      },
    });
    expect([...result.fills.shares]).toEqual([100, -100, 100]);
  });
});

describe("a limit order", () => {
  const buy = (desk: Desk): number => desk.buy("A", 5, { limit: 95 });

  it("fills at its limit where the bar touches it, and pays no spread there", () => {
    const result = run(bars(quiet, [98, 99, 95, 97]), { 0: buy }, { slippageBps: 50 });
    expect(filled(result)).toEqual([[1, 5, 95, "order"]]);
  });

  it("fills at a better open, and never beyond its limit", () => {
    expect(filled(run(bars(quiet, [90, 99, 89, 97]), { 0: buy }))).toEqual([[1, 5, 90, "order"]]);
    const near = run(bars(quiet, [94.9, 99, 89, 97]), { 0: buy }, { slippageBps: 100 });
    expect(filled(near)).toEqual([[1, 5, 95, "order"]]);
  });

  it("waits until it is cancelled, and is shown meanwhile", () => {
    const shown: number[] = [];
    const panel = bars(quiet, quiet, quiet, [96, 97, 90, 95]);
    const result = run(panel, {
      0: buy,
      1: (desk) => shown.push(...desk.orders.map(({ limit }) => limit ?? NaN)),
      2: (desk) => expect(desk.cancel(desk.orders[0]?.id ?? NaN)).toBe(true),
    });
    expect(shown).toEqual([95]);
    expect(result.fills.length).toBe(0);
  });

  it("ends with its session as a day order", () => {
    const panel = bars(quiet, quiet, [96, 97, 90, 95]);
    const day = run(panel, { 0: (desk) => desk.buy("A", 5, { limit: 95, day: true }) });
    expect(day.fills.length).toBe(0);
    expect(filled(run(panel, { 0: buy }))).toEqual([[2, 5, 95, "order"]]);
  });

  it("sells from above", () => {
    const result = run(bars(quiet, [100, 106, 99, 101]), { 0: (desk) => desk.sell("A", 5, { limit: 105 }) });
    expect(filled(result)).toEqual([[1, -5, 105, "order"]]);
  });
});

describe("a stop order", () => {
  const buy = (desk: Desk): number => desk.buy("A", 5, { stop: 105 });

  it("fills at its stop where the bar touches it, with slippage", () => {
    const result = run(bars(quiet, [101, 106, 100, 104]), { 0: buy }, { slippageBps: 100 });
    expect(filled(result)).toEqual([[1, 5, 106.05, "order"]]);
  });

  it("fills at the open where that lies beyond it", () => {
    expect(filled(run(bars(quiet, [110, 111, 100, 104]), { 0: buy }))).toEqual([[1, 5, 110, "order"]]);
  });

  it("does nothing before it is touched", () => {
    const result = run(bars(quiet, quiet, quiet), { 0: buy });
    expect(result.fills.length).toBe(0);
    expect(result.working).toBe(1);
  });
});

describe("a stop-limit order", () => {
  const buy =
    (stop: number, limit: number) =>
    (desk: Desk): number =>
      desk.buy("A", 5, { stop, limit });

  it("fills at the stop where the limit allows it", () => {
    expect(filled(run(bars(quiet, [101, 108, 100, 104]), { 0: buy(105, 106) }))).toEqual([
      [1, 5, 105, "order"],
    ]);
  });

  it("does not chase a gap, but waits at its limit", () => {
    const panel = bars(quiet, [110, 112, 108, 111], [109, 110, 104, 105]);
    expect(filled(run(panel, { 0: buy(105, 106) }))).toEqual([[2, 5, 106, "order"]]);
  });

  it("fills at the limit in the bar that opened beyond both and came back", () => {
    const panel = bars(quiet, [110, 112, 105, 111]);
    expect(filled(run(panel, { 0: buy(105, 106) }))).toEqual([[1, 5, 106, "order"]]);
  });

  it("waits for the next bar where the limit lies on the near side of the stop", () => {
    const panel = bars(quiet, [101, 106, 99, 104], [103, 104, 101, 102]);
    // Whether the low of 99 came after the stop was touched is not known.
    expect(filled(run(panel, { 0: buy(105, 102) }))).toEqual([[2, 5, 102, "order"]]);
  });
});

describe("a trailing stop order", () => {
  it("follows the highs of earlier bars from the close at which it was placed", () => {
    const panel = bars(quiet, quiet, [100, 110, 100, 109], [109, 111, 104, 105]);
    const result = run(panel, {
      0: (desk) => desk.buy("A", 5),
      1: (desk) => desk.sell("A", 5, { trail: 0.05 }),
    });
    // 100 x 0.95 on day 2, 110 x 0.95 = 104.5 on day 3.
    expect(filled(result)[1]).toEqual([3, -5, 104.5, "order"]);
  });

  it("follows lows to buy", () => {
    const panel = bars(quiet, [95, 96, 80, 85], [85, 90, 84, 88]);
    const result = run(panel, { 0: (desk) => desk.buy("A", 5, { trail: 0.1 }) });
    expect(filled(result)).toEqual([[2, 5, 88, "order"]]);
  });
});

describe("a bracket", () => {
  const bracket = (desk: Desk): number => desk.buy("A", 5, { stopLoss: 95, takeProfit: 110 });

  it("leaves at its target, and cancels the stop", () => {
    const panel = bars(quiet, quiet, [100, 112, 99, 108], [90, 91, 89, 90]);
    expect(filled(run(panel, { 0: bracket }))).toEqual([
      [1, 5, 100, "order"],
      [2, -5, 110, "take-profit"],
    ]);
  });

  it("leaves at its stop, and cancels the target", () => {
    const panel = bars(quiet, quiet, [97, 98, 94, 96], [115, 116, 114, 115]);
    expect(filled(run(panel, { 0: bracket })).slice(1)).toEqual([[2, -5, 95, "stop-loss"]]);
  });

  it("takes the stop where one bar touches both, in the bar of the entry too", () => {
    const panel = bars(quiet, [100, 112, 94, 108]);
    expect(filled(run(panel, { 0: bracket })).slice(1)).toEqual([[1, -5, 95, "stop-loss"]]);
  });

  it("counts the target of an entry by limit from the next bar on, its stop at once", () => {
    const entry = (desk: Desk): number => desk.buy("A", 5, { limit: 97, stopLoss: 95, takeProfit: 110 });
    const up = bars(quiet, [100, 112, 96, 108], [109, 111, 108, 110]);
    expect(filled(run(up, { 0: entry }))).toEqual([
      [1, 5, 97, "order"],
      [2, -5, 110, "take-profit"],
    ]);
    const down = bars(quiet, [100, 112, 94, 108]);
    expect(filled(run(down, { 0: entry })).slice(1)).toEqual([[1, -5, 95, "stop-loss"]]);
  });

  it("takes the target of an entry by stop in the same bar: the price went on through it", () => {
    const panel = bars(quiet, [100, 112, 99, 108]);
    const result = run(panel, {
      0: (desk) => desk.buy("A", 5, { stop: 105, stopLoss: 95, takeProfit: 110 }),
    });
    expect(filled(result)).toEqual([
      [1, 5, 105, "order"],
      [1, -5, 110, "take-profit"],
    ]);
  });

  it("ends when the position is left otherwise", () => {
    const panel = bars(quiet, quiet, quiet, [97, 98, 90, 96]);
    const result = run(panel, { 0: bracket, 1: (desk) => desk.sell("A", 5) });
    expect(filled(result).map(([row, shares]) => [row, shares])).toEqual([
      [1, 5],
      [2, -5],
    ]);
    expect(result.working).toBe(0);
  });

  it("goes with its entry where that is cancelled", () => {
    const panel = bars(quiet, quiet, [90, 120, 80, 100]);
    let id = NaN;
    const result = run(panel, {
      0: (desk) => void (id = desk.buy("A", 5, { limit: 50, stopLoss: 40 })),
      1: (desk) => desk.cancel(id),
    });
    expect(result.working).toBe(0);
  });

  it("leaves at the price of an entry that gapped past its exits", () => {
    const entry = (desk: Desk): number => desk.buy("A", 5, { stop: 105, stopLoss: 95, takeProfit: 110 });
    const up = bars(quiet, [120, 121, 119, 120]);
    expect(filled(run(up, { 0: entry })).slice(1)).toEqual([[1, -5, 120, "take-profit"]]);
    const down = bars(quiet, [90, 91, 89, 90]);
    const low = (desk: Desk): number => desk.buy("A", 5, { limit: 98, stopLoss: 95, takeProfit: 110 });
    expect(filled(run(down, { 0: low })).slice(1)).toEqual([[1, -5, 90, "stop-loss"]]);
  });

  it("holds for shorts", () => {
    const panel = bars(quiet, quiet, [97, 98, 88, 96]);
    const result = run(panel, { 0: (desk) => desk.sell("A", 5, { stopLoss: 105, takeProfit: 90 }) });
    expect(filled(result).slice(1)).toEqual([[2, 5, 90, "take-profit"]]);
  });
});

describe("the stops of the settings", () => {
  it("hold for what orders entered inside a bar", () => {
    const panel = bars(quiet, [100, 101, 90, 95]);
    const result = run(panel, { 0: (desk) => desk.buy("A", 5, { limit: 98 }) }, { stopLoss: 0.05 });
    expect(filled(result)).toEqual([
      [1, 5, 98, "order"],
      [1, -5, 93.1, "stop-loss"],
    ]);
  });
});

describe("the desk", () => {
  it("shows what is known at the close, and refuses what comes later", () => {
    const seen: unknown[] = [];
    const panel = bars(quiet, [100, 104, 99, 103], quiet);
    run(panel, {
      0: (desk) => desk.buy("A", 10),
      1: (desk) => {
        const { view } = desk;
        seen.push(desk.cash, desk.equity, desk.shares("A"), desk.price("A"), desk.entryPrice("A"));
        seen.push(view.bars("A").length, desk.time === panel.closeTime[1]);
        expect(() => view.price("A", "close", 2)).toThrow(LookaheadError);
      },
    });
    expect(seen).toEqual([9000, 10_030, 10, 103, 100, 2, true]);
  });

  it("keeps notes within one run only", () => {
    const panel = bars(quiet, quiet, quiet);
    const onBar = (desk: Desk): void => {
      const times = Number(desk.notes.get("times") ?? 0) + 1;
      desk.notes.set("times", times);
      if (times === 2) desk.weight("A", 0.5);
    };
    const twice = [1, 2].map(() => simulate(panel, { onBar }, settings()).fills.length);
    expect(twice).toEqual([1, 1]);
  });

  it("fills weights like targets", () => {
    const panel = bars(quiet, [102, 103, 101, 102], quiet);
    const stepped = run(panel, { 0: (desk) => desk.weight("A", 0.7) });
    const once = simulate(panel, { rows: Int32Array.of(0), weights: [Float64Array.of(0.7)] }, settings());
    expect(stepped.equity).toEqual(once.equity);
    expect(stepped.fills).toEqual(once.fills);
  });

  it("closes what orders hold at the end of the window, and cancels the others", () => {
    const result = run(
      bars(quiet, quiet, quiet),
      { 0: (desk) => void [desk.buy("A", 5), desk.buy("A", 1, { limit: 90 })] },
      { closeOut: true },
    );
    expect(filled(result)).toEqual([
      [1, 5, 100, "order"],
      [2, -5, 100, "close-out"],
    ]);
    expect(result.working).toBe(0);
  });

  it.each<[string, (desk: Desk) => void, RegExp]>([
    ["a symbol that is not there", (desk) => desk.buy("B", 1), /B is not in this data set/],
    ["no shares", (desk) => desk.buy("A", 0), /can be neither bought nor sold/],
    ["negative shares", (desk) => desk.sell("A", -1), /can be neither bought nor sold/],
    ["a price that is none", (desk) => desk.buy("A", 1, { limit: NaN }), /has a limit of NaN/],
    ["a trail of 5", (desk) => desk.buy("A", 1, { trail: 5 }), /has a trail of 5/],
    ["a trail and a stop", (desk) => desk.buy("A", 1, { trail: 0.1, stop: 5 }), /both a trail and/],
    ["a bracket the wrong way", (desk) => desk.buy("A", 1, { stopLoss: 110, takeProfit: 90 }), /wrong side/],
    ["a weight that is none", (desk) => desk.weight("A", Infinity), /weight of Infinity/],
  ])("refuses %s", (_, step, message) => {
    expect(() => run(bars(quiet, quiet), { 0: step })).toThrow(message);
  });
});
