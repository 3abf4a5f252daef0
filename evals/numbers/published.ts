import { z } from "zod";
import { readSharedJson } from "../../tests/support/shared-data.ts";
import { hasRealData } from "../support/real-data.ts";

/** Figures of whole files, made with empyrical (quantopian/empyrical@40f61b4f): an implementation that is not ours. */
export interface PublishedFigures {
  readonly change: number;
  readonly volatility: number;
  readonly maxDrawdown: number;
}

const referenceSchema = z.record(
  z.string(),
  z.union([
    z.string(),
    z.object({ cum_return: z.number(), annual_volatility: z.number(), max_drawdown: z.number() }),
  ]),
);

/** @returns null where the files are not there, or do not have the symbol */
export function publishedFigures(symbol: string): PublishedFigures | null {
  if (!hasRealData) return null;
  const one = referenceSchema.parse(readSharedJson("market", "reference_metrics.json"))[symbol];
  if (one === undefined || typeof one === "string") return null;
  return { change: one.cum_return, volatility: one.annual_volatility, maxDrawdown: one.max_drawdown };
}
