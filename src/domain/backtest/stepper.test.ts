import { expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { createPanel } from "../market/panel.ts";
import { simulate } from "./engine.ts";
import { backtestSettingsSchema } from "./settings.ts";
import { Stepper } from "./stepper.ts";

const price = Float64Array.of(100, 101, 102, 103, 104, 105);
const panel = createPanel([dailyBars("A", { open: price, close: price })]);
const settings = backtestSettingsSchema.parse({ latencyBars: 2, closeOut: false });

it("may be asked in the middle what came of it, and goes on as if it had not been", () => {
  const stepper = new Stepper(panel, settings);
  const rows: number[] = [];
  while (stepper.advance()) {
    if (stepper.row === 0) stepper.decide(0, 1);
    rows.push(stepper.simulation().fills.length);
  }
  const once = simulate(panel, { rows: Int32Array.of(0), weights: [Float64Array.of(1)] }, settings);
  expect([...once.fills.row]).toEqual([3]);
  expect(rows).toEqual([0, 0, 0, 1, 1, 1]);
  expect(stepper.simulation()).toEqual(once);
});

it("counts a row with orders, weights or both as one decision", () => {
  const stepper = new Stepper(panel, { ...settings, latencyBars: 0 });
  while (stepper.advance()) {
    if (stepper.row < 2) stepper.decide(0, 0.5);
    if (stepper.row === 1 || stepper.row === 3) stepper.place({ symbol: "A", shares: 1 });
    if (stepper.row === 3) stepper.place({ symbol: "A", shares: 2 });
  }
  expect(stepper.simulation().decisions).toBe(3);
});
