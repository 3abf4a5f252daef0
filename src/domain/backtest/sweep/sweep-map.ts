import { z } from "zod";
import { finite, orNull } from "../../statistic.ts";
import { placesAt } from "./grid.ts";
import { medianOf, type SweepResults } from "./sweep-results.ts";

const axisSchema = z.object({ name: z.string(), values: z.array(z.string()) });

export const sweepMapSchema = z
  .object({
    columns: axisSchema.describe("From left to right"),
    rows: axisSchema.describe("From top to bottom"),
    values: z.array(z.array(z.number().nullable())).describe("values[row][column]; null where there is none"),
    tried: z.array(z.array(z.int())).describe("Combinations in the cell; 0 where all were refused"),
    others: z.array(z.string()).describe("Further parameters: a cell is the median over their values"),
    best: z.object({ row: z.int(), column: z.int() }).describe("The cell of the best combination"),
  })
  .describe("The metric over two parameters");

export type SweepMap = z.output<typeof sweepMapSchema>;

/** The figure over the first two parameters that have several values; null where there are not two such. */
export function sweepMap(results: SweepResults, best: number): SweepMap | null {
  const { axes, taken } = results.grid;
  const wide = axes.flatMap(({ values }, a) => (values.length > 1 ? [a] : []));
  const [down, across] = wide;
  const rows = axes[down ?? -1];
  const columns = axes[across ?? -1];
  if (down === undefined || across === undefined || rows === undefined || columns === undefined) return null;
  const cells = rows.values.map(() => columns.values.map((): number[] => []));
  for (let k = 0; k < results.count; k += 1) {
    const places = placesAt(axes, taken[k] ?? -1);
    cells[places[down] ?? -1]?.[places[across] ?? -1]?.push(results.value(k));
  }
  const chosen = placesAt(axes, taken[best] ?? -1);
  return {
    columns: { name: columns.name, values: columns.values.map(String) },
    rows: { name: rows.name, values: rows.values.map(String) },
    values: cells.map((row) => row.map((values) => orNull(finite(medianOf(values), "none")))),
    tried: cells.map((row) => row.map((values) => values.length)),
    others: wide.slice(2).map((a) => axes[a]?.name ?? ""),
    best: { row: chosen[down] ?? 0, column: chosen[across] ?? 0 },
  };
}
