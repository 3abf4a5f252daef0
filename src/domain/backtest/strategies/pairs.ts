import { z } from "zod";
import { FinAgentError } from "../../errors.ts";
import type { Indicators } from "../../indicators/indicators.ts";
import type { Panel } from "../../market/panel.ts";
import type { TargetStrategy } from "../strategy.ts";

const paramsSchema = z
  .strictObject({
    lookback: z.int().min(5).max(1000).default(60).describe("Common bars that the ratio is compared with"),
    entry: z.number().min(0.5).max(10).default(2).describe("Standard deviations at which a pair is opened"),
    exit: z.number().min(0).max(5).default(0.5).describe("Standard deviations at which it is closed"),
  })
  .refine(({ entry, exit }) => exit < entry, { path: ["exit"], error: "must be less than entry" });

type PairsParams = z.output<typeof paramsSchema>;

/**
 * Takes the symbols of the panel two by two, in the order given. Where the ratio of a pair's closes (its logarithm, in
 * standard deviations from its mean of the last `lookback` common bars) is above `entry`, it sells the first short
 * and buys the second; below minus `entry` the other way round; within `exit` it closes both. Each leg has one
 * symbol's part of equity. Rule: Gatev, Goetzmann and Rouwenhorst, Pairs Trading, Review of Financial Studies 19 (2006),
 * who open at two standard deviations; the moving window is Vidyamurthy's, Pairs Trading (2004).
 */
export const pairs: TargetStrategy<typeof paramsSchema> = {
  name: "pairs",
  description: "Buys the weaker and sells the stronger of two symbols that drifted apart",
  params: paramsSchema,
  targets(panel, params, indicators) {
    const symbols = panel.symbols.length;
    if (symbols % 2 !== 0) {
      throw new FinAgentError(
        "BAD_ARGUMENT",
        `pairs takes symbols two by two, and got ${symbols}: ${panel.symbols.join(", ")}.`,
        {
          hint: "Name an even number of symbols, the two of a pair side by side.",
          details: { field: "symbols" },
        },
      );
    }
    const sides = Array.from({ length: symbols / 2 }, (_, pair) =>
      sidesOf(panel, 2 * pair, params, indicators),
    );
    const rows = Int32Array.from(new Set(sides.flatMap((changes) => [...changes.keys()]))).sort();
    const weights = panel.symbols.map((_, s) => {
      const part = (s % 2 === 0 ? 1 : -1) / symbols;
      return Float64Array.from(rows, (row) => part * (sides[s >> 1]?.get(row) ?? NaN));
    });
    return { rows, weights };
  },
};

/** The side of a pair's first symbol from each row on at which it changes. */
function sidesOf(
  panel: Panel,
  first: number,
  { lookback, entry, exit }: PairsParams,
  { zScore }: Indicators,
): Map<number, number> {
  const [one, other] = [panel.bars[first], panel.bars[first + 1]];
  const [oneAt, otherAt] = [panel.barAt[first], panel.barAt[first + 1]];
  const ratio: number[] = [];
  const rows: number[] = [];
  for (let row = 0; row < panel.rows; row += 1) {
    const a = oneAt?.[row] ?? -1;
    const b = otherAt?.[row] ?? -1;
    if (a < 0 || b < 0) continue;
    ratio.push(Math.log((one?.close[a] ?? NaN) / (other?.close[b] ?? NaN)));
    rows.push(row);
  }
  const distance = zScore(Float64Array.from(ratio), lookback);
  const changes = new Map<number, number>();
  let side = 0;
  for (const [k, row] of rows.entries()) {
    const z = distance[k] ?? NaN;
    const next = z > entry ? -1 : z < -entry ? 1 : Math.abs(z) <= exit ? 0 : side;
    if (next !== side) changes.set(row, next);
    side = next;
  }
  return changes;
}
