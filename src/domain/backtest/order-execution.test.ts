import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { daysOf, filled, quiet, runSteps as run } from "../../../tests/support/order-days.ts";
import { createPanel } from "../market/panel.ts";
import type { Desk } from "./desk.ts";
import { simulate } from "./engine.ts";
import { backtestSettingsSchema } from "./settings.ts";

describe("a trailing stop", () => {
  it("placed at a close that orders fill at has not seen the high of that bar either", () => {
    const panel = daysOf([quiet, [100, 130, 99, 100], [100, 101, 94, 95]]);
    const steps = {
      0: (desk: Desk) => desk.buy("A", 5),
      1: (desk: Desk) => desk.sell("A", 5, { trail: 0.05 }),
    };
    // From the close of 100, not from the high of 130, which would leave at the open.
    expect(filled(run(panel, steps, { fill: "close" }))[1]).toEqual([2, -5, 95, "order"]);
  });
});

describe("the exits of a bracket", () => {
  it("are gone at the close of the bar in which another order closed the position", () => {
    const shown: number[] = [];
    run(daysOf([quiet, quiet, [100, 108, 99, 100], quiet]), {
      0: (desk) => desk.buy("A", 5, { stopLoss: 80, takeProfit: 150 }),
      1: (desk) => {
        shown.push(desk.orders.length);
        desk.sell("A", 5, { limit: 105 });
      },
      2: (desk) => shown.push(desk.shares("A"), desk.orders.length),
    });
    expect(shown).toEqual([2, 0, 0]);
  });

  it("stay one where the other is cancelled", () => {
    const panel = daysOf([quiet, quiet, quiet, [100, 160, 99, 150]]);
    const result = run(panel, {
      0: (desk) => desk.buy("A", 5, { stopLoss: 80, takeProfit: 150 }),
      1: (desk) => desk.cancel(desk.orders[0]?.id ?? NaN),
    });
    expect(filled(result).at(-1)).toEqual([3, -5, 150, "take-profit"]);
  });

  it("meet the open that the entry was filled at, long and short alike", () => {
    const up = daysOf([quiet, [120, 121, 90, 100]]);
    const long = run(up, { 0: (desk) => desk.buy("A", 5, { stopLoss: 95, takeProfit: 110 }) });
    expect(filled(long)).toEqual([
      [1, 5, 120, "order"],
      [1, -5, 120, "take-profit"],
    ]);
    const down = daysOf([quiet, [80, 110, 79, 100]]);
    const short = run(down, { 0: (desk) => desk.sell("A", 5, { stopLoss: 105, takeProfit: 90 }) });
    expect(filled(short)).toEqual([
      [1, -5, 80, "order"],
      [1, 5, 80, "take-profit"],
    ]);
  });

  it("leave the rest protected where the volume lets only a part of the target through", () => {
    const panel = daysOf([quiet, quiet, quiet, [100, 111, 100, 109], [105, 106, 94, 95], quiet], 50);
    const steps = { 0: (desk: Desk) => desk.buy("A", 8, { stopLoss: 95, takeProfit: 110 }) };
    expect(filled(run(panel, steps, { maxParticipation: 0.1 }))).toEqual([
      [1, 5, 100, "order"],
      [2, 3, 100, "order"],
      [3, -5, 110, "take-profit"],
      [4, -3, 95, "stop-loss"],
    ]);
  });
});

describe("rounding", () => {
  it("leaves nothing of a position that is sold in parts", () => {
    const panel = daysOf([quiet, quiet, quiet, quiet, quiet]);
    const third = (desk: Desk): number => desk.sell("A", 0.1);
    const result = run(panel, { 0: (desk) => desk.buy("A", 0.3), 1: third, 2: third, 3: third });
    expect([...result.fills.held]).toEqual([0.3, expect.closeTo(0.2, 12), expect.closeTo(0.1, 12), 0]);
    expect(result.trades).toHaveLength(1);
    expect(result.trades[0]?.open).toBe(false);
  });

  it("buys nothing with what it leaves of the cash", () => {
    const panel = daysOf([quiet, [93, 101, 92, 100], [94, 101, 93, 100], quiet]);
    const all = (desk: Desk): number => desk.buy("A", 10);
    const result = run(panel, { 0: all, 1: all }, { commission: 0.0005, capital: 100 });
    expect(result.fills.length).toBe(1);
    expect(result.cashShortRows).toBe(2);

    const flat = new Float64Array(4).fill(100);
    const open = Float64Array.of(100, 93, 94, 100);
    const two = createPanel([
      dailyBars("A", { open, close: open }),
      dailyBars("B", { open: flat, close: flat }),
    ]);
    // What 1,000 leave at a price of 93 is a rounding error, which half of the equity in B shall not be cut to.
    const weights = {
      rows: Int32Array.of(0, 1),
      weights: [Float64Array.of(1.2, NaN), Float64Array.of(NaN, 0.5)],
    };
    const given = { capital: 1000, commission: 0, slippageBps: 0, closeOut: false };
    expect(simulate(two, weights, backtestSettingsSchema.parse(given)).fills.length).toBe(1);
  });
});
