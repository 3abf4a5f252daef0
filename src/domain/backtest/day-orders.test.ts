import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import type { Bars } from "../market/bars.ts";
import { createPanel, type Panel } from "../market/panel.ts";
import type { Desk } from "./desk.ts";
import { simulate } from "./engine.ts";
import { type BacktestSettings, backtestSettingsSchema } from "./settings.ts";
import type { Simulation } from "./simulation.ts";

const HOUR = 3_600_000;

/** Bars that never come near 90, where the orders below wait. */
function quiet(count: number): Bars {
  const price = new Float64Array(count).fill(100);
  return dailyBars("A", { open: price, close: price, volume: new Float64Array(count).fill(1000) });
}

/** Hourly bars at these hours from the open of the session of a date; the last one of a full session is hour 6. */
function hourly(...sessions: readonly (readonly [date: string, hours: readonly number[]])[]): Panel {
  const time = sessions.flatMap(([date, hours]) =>
    hours.map((hour) => Date.parse(`${date}T14:30:00Z`) + hour * HOUR),
  );
  return createPanel([
    {
      ...quiet(time.length),
      interval: "1h",
      time: Float64Array.from(time),
      closeTime: Float64Array.from(time, (open, i) =>
        Math.min(open + HOUR, Date.parse(`${new Date(time[i] ?? NaN).toISOString().slice(0, 10)}T21:00:00Z`)),
      ),
    },
  ]);
}

function run(
  panel: Panel,
  onBar: (desk: Desk) => void,
  settings: Partial<BacktestSettings> = {},
): Simulation {
  return simulate(panel, { onBar }, backtestSettingsSchema.parse({ closeOut: false, ...settings }));
}

/** A rule that keeps one day order waiting, and the bars at which it had to place one. */
function replacing(): { readonly placed: number[]; readonly rule: (desk: Desk) => void } {
  const placed: number[] = [];
  return {
    placed,
    rule: (desk) => {
      if (desk.orders.length > 0) return;
      desk.buy("A", 1, { limit: 90, day: true });
      placed.push(desk.bar);
    },
  };
}

describe("a day order", () => {
  it.each(["next-open", "close"] as const)("is gone at the close of its own day (fill: %s)", (fill) => {
    const { placed, rule } = replacing();
    const result = run(createPanel([quiet(5)]), rule, { fill });
    expect(placed).toEqual([0, 1, 2, 3, 4]);
    expect(result.working).toBe(1);
  });

  it("waits through its session and is gone at the close of that", () => {
    const { placed, rule } = replacing();
    run(
      hourly(["2024-01-02", [4, 5, 6]], ["2024-01-03", [0, 1, 2, 3, 4, 5, 6]], ["2024-01-04", [0, 1]]),
      rule,
    );
    // Placed in the session, at its last close for the whole of the next, and so on.
    expect(placed).toEqual([0, 2, 9]);
  });

  it("of a session whose last bar is missing is gone before the next one opens", () => {
    const { placed, rule } = replacing();
    const seen: number[] = [];
    run(hourly(["2024-01-02", [3, 4]], ["2024-01-03", [0, 1]]), (desk) => {
      seen.push(desk.orders.length);
      rule(desk);
    });
    expect(seen).toEqual([0, 1, 0, 1]);
    expect(placed).toEqual([0, 2]);
  });

  it("keeps to its day where orders fill at the close", () => {
    const late = run(
      createPanel([quiet(4)]),
      (desk) => {
        if (desk.bar === 0) desk.buy("A", 300, { day: true });
      },
      { fill: "close", latencyBars: 1, maxParticipation: 0.1 },
    );
    expect([...late.fills.row]).toEqual([1]);
    expect([...late.fills.shares]).toEqual([100]);
    expect(late.working).toBe(0);
    const short = run(
      createPanel([quiet(4)]),
      (desk) => {
        if (desk.bar === 0) desk.buy("A", 300, { day: true });
      },
      { fill: "close", maxParticipation: 0.1 },
    );
    expect([...short.fills.row]).toEqual([0]);
  });
});
