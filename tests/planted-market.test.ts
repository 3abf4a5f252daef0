import { describe, expect, it } from "vitest";
import { csvMarketData } from "../src/adapters/csv/csv-market-data.ts";
import { DEFAULT_POLICIES } from "../src/agents/policies.ts";
import { backtestSettingsSchema } from "../src/domain/backtest/settings.ts";
import { evaluateSpans } from "../src/domain/optimize/evaluate.ts";
import { layFolds } from "../src/domain/optimize/folds.ts";
import type { Policies } from "../src/domain/policy/policies.ts";
import { plantedBars, plantedDataSet, plantedFiles, REVERSAL_BARS } from "./support/planted-market.ts";
import { folderOf } from "./support/price-folders.ts";

const REVERSAL: Policies = {
  ...DEFAULT_POLICIES,
  alpha: {
    factors: [{ name: "reversal", lookbackBars: REVERSAL_BARS, weight: 1 }],
    combination: "cross-section",
    threshold: 0.1,
  },
};

function sharpes(seed: number, edge: number | undefined, policies: Policies): number[] {
  const dataSet = plantedDataSet(seed, edge === undefined ? {} : { edge });
  const { folds, holdout } = layFolds(dataSet, { folds: 4, embargoBars: 21 });
  const options = { settings: backtestSettingsSchema.parse({}), constraints: {} };
  return [folds.map(({ train }) => train), folds.map(({ validation }) => validation), [holdout]].map(
    (spans) => evaluateSpans(dataSet, spans, policies, options).joined.figures.sharpe ?? NaN,
  );
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the planted market", () => {
  it("is missed by the base alpha prompt and found by a reversal over two months, in every kind of span", () => {
    for (const seed of [1, 2]) {
      for (const sharpe of sharpes(seed, undefined, DEFAULT_POLICIES)) expect(sharpe).toBeLessThan(0);
      for (const sharpe of sharpes(seed, undefined, REVERSAL)) expect(sharpe).toBeGreaterThan(1.3);
    }
  });

  it("has a twin without an edge, on which neither is better", () => {
    const differences = [1, 2, 3, 4].flatMap((seed) => {
      const base = sharpes(seed, 0, DEFAULT_POLICIES);
      return sharpes(seed, 0, REVERSAL).map((sharpe, i) => sharpe - (base[i] ?? NaN));
    });
    expect(Math.abs(mean(differences))).toBeLessThan(0.5);
  });

  it("is the same in files as in memory", async () => {
    const source = csvMarketData(folderOf(plantedFiles(4, { symbols: 2 })));
    for (const bars of plantedBars(4, { symbols: 2 })) {
      const { bars: read, findings } = await source.series(bars.symbol, Infinity);
      expect(read).toMatchObject({
        time: bars.time,
        closeTime: bars.closeTime,
        open: bars.open,
        close: bars.close,
        high: bars.high,
        low: bars.low,
        volume: bars.volume,
      });
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });
});
