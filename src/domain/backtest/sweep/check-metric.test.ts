import { expect, it } from "vitest";
import { randomPanel } from "../../../../tests/support/random-panel.ts";
import { checkMetric } from "./check-metric.ts";

it("refuses to rank a month that is not whole by what is compounded to a year", () => {
  const panel = randomPanel(1, 40);
  const short = { panel, window: { fromRow: 5, toRow: 35 } };
  for (const metric of ["cagr", "annualReturn", "calmar"] as const) {
    expect(() => checkMetric(short, metric)).toThrowError(/ranked by .* 30 calendar days/);
    expect(() => checkMetric({ panel, window: { fromRow: 5, toRow: 36 } }, metric)).not.toThrow();
  }
  expect(() => checkMetric(short, "sharpe")).not.toThrow();
});
