import { describe, expect, it } from "vitest";
import type { Results } from "../plan/results.ts";
import type { Screening } from "../request/screening.ts";
import { screenAnswer } from "./screen.ts";

const ROWS = [
  ["CALM", 0.1, 0.05, 0.12, 0.7],
  ["WILD", 0.6, 0.4, 0.55, 1.9],
  ["DULL", -0.3, -0.2, 0.2, 1.0],
] as const;

const results: Results = {
  data: { prices: ROWS.map(([symbol, , change]) => ({ symbol, change })) },
  alpha: { signals: ROWS.map(([symbol, score]) => ({ symbol, score })) },
  risk: {
    policy: { moderateFrom: { volatility: 0.22 } },
    perSymbol: ROWS.map(([symbol, , , volatility, beta]) => ({ symbol, volatility, beta })),
  },
};

const order = (screening: Partial<Screening>): string[] => {
  const { body } = screenAnswer(results, {
    by: "score",
    best: true,
    lowRisk: false,
    filters: [],
    ...screening,
  });
  return [...body.matchAll(/^\| ([A-Z]{4}) \|/gm)].map((match) => match[1] ?? "");
};

describe("screenAnswer", () => {
  it.each<[Partial<Screening>, string[]]>([
    [{}, ["WILD", "CALM", "DULL"]],
    [{ best: false }, ["DULL", "CALM", "WILD"]],
    [{ by: "volatility" }, ["CALM", "DULL", "WILD"]],
    [{ by: "volatility", best: false }, ["WILD", "DULL", "CALM"]],
    [{ by: "change" }, ["WILD", "CALM", "DULL"]],
    [{ top: 1 }, ["WILD"]],
    [{ lowRisk: true }, ["CALM", "DULL"]],
    [{ filters: [{ about: "signal", is: "positive" }] }, ["WILD", "CALM"]],
    [{ filters: [{ about: "volatility", than: "below", value: 0.15 }] }, ["CALM"]],
    [{ filters: [{ about: "beta", than: "above", value: 1 }] }, ["WILD"]],
    [{ filters: [{ about: "score", than: "above", value: 0.9 }] }, []],
  ])("%j", (screening, symbols) => {
    expect(order(screening)).toEqual(symbols);
  });

  it("names the figure that it ranks by, and the bar of low risk", () => {
    const calm = screenAnswer(results, { by: "volatility", best: true, lowRisk: false, filters: [] });
    expect(calm.headline).toBe("# CALM ranks first (volatility 12.0%), then DULL (20.0%) and WILD (55.0%)");
    expect(screenAnswer(results, { by: "score", best: true, lowRisk: true, filters: [] }).body).toContain(
      "below 22.0%",
    );
  });

  it("says so where nothing passes", () => {
    const none = screenAnswer(results, {
      by: "score",
      best: true,
      lowRisk: false,
      filters: [{ about: "beta", than: "above", value: 9 }],
    });
    expect(none.headline).toBe("# No symbol passes the screen");
  });
});
