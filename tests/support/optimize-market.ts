import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { MarketData } from "../../src/domain/ports.ts";
import { corruptAfter, marketOf } from "./panel-market.ts";
import { plantedBars, plantedFiles, type PlantedMarket } from "./planted-market.ts";

/** Five years after one of history: two folds, each with a year to validate on. */
export const SMALL = {
  symbols: ["P01", "P02", "P03", "P04", "P05", "P06"],
  from: "2020-06-01",
  folds: 2,
};

/** The edge is stronger than by default, so that few and short spans show it. */
const MARKET = { edge: 0.5, symbols: SMALL.symbols.length, from: "2019-06-03" };

/**
 * A small planted market.
 * @param spoiledAfter an instant after which every bar is another one
 */
export function smallMarket(
  seed: number,
  { spoiledAfter = Infinity, ...other }: Pick<PlantedMarket, "edge"> & { spoiledAfter?: number } = {},
): MarketData {
  const bars = plantedBars(seed, { ...MARKET, ...other });
  const spoiled = bars.map((one) => corruptAfter(one, spoiledAfter, 1.1));
  return { ...marketOf(spoiled), source: "planted", simulated: true };
}

/** The same as the content of CSV files by name. */
export function smallFiles(seed: number): Record<string, string> {
  return plantedFiles(seed, MARKET);
}

/** A store of its own: what is promoted in it reaches no other test. */
export function ownHome(): string {
  return mkdtempSync(join(inject("homes"), "optimize-"));
}
