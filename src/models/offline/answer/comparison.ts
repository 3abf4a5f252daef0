import { change, decimal, inline, percent, signed } from "../format.ts";
import { section, table } from "../markdown.ts";
import type { Results } from "../plan/results.ts";

/** One symbol of a comparison or a screen, with whatever figures there are. */
export interface Row {
  readonly symbol: string;
  readonly change: number | undefined;
  readonly score: number | undefined;
  readonly direction: string | undefined;
  readonly volatility: number | null | undefined;
  readonly valueAtRisk: number | null | undefined;
  readonly maxDrawdown: number | null | undefined;
  readonly currentDrawdown: number | null | undefined;
  readonly confidence: number | undefined;
  readonly beta: number | null | undefined;
}

export function rowsOf({ data, alpha, risk }: Results): Row[] {
  return (data?.prices ?? []).flatMap(({ symbol, change }) => {
    if (symbol === undefined) return [];
    const signal = alpha?.signals?.find((one) => one.symbol === symbol);
    const own = risk?.perSymbol?.find((one) => one.symbol === symbol);
    return [
      {
        symbol,
        change,
        score: signal?.score,
        direction: signal?.direction,
        volatility: own?.volatility,
        valueAtRisk: own?.valueAtRisk,
        maxDrawdown: own?.maxDrawdown,
        currentDrawdown: own?.currentDrawdown,
        confidence: signal?.confidence,
        beta: own?.beta,
      },
    ];
  });
}

/** The symbols side by side. */
export function comparisonSection(heading: string, rows: readonly Row[]): string {
  return section(heading, [
    table(
      ["Symbol", "Change", "Score", "Direction", "Volatility", "VaR", "Largest drawdown", "Beta"],
      rows.map((row) => [
        inline(row.symbol),
        change(row.change),
        signed(row.score),
        row.direction ?? "n/a",
        percent(row.volatility),
        percent(row.valueAtRisk),
        percent(row.maxDrawdown),
        decimal(row.beta),
      ]),
    ),
  ]);
}

/** Who leads by score, by change, and by calm. */
export function comparisonHeadline(rows: readonly Row[]): string {
  const by = (value: (row: Row) => number | null | undefined, most: boolean): Row | undefined =>
    rows
      .filter((row) => typeof value(row) === "number")
      .sort((a, b) => ((value(b) ?? 0) - (value(a) ?? 0)) * (most ? 1 : -1))[0];
  const parts: string[] = [];
  const score = by((row) => row.score, true);
  const risen = by((row) => row.change, true);
  const calm = by((row) => row.volatility, false);
  if (score !== undefined)
    parts.push(`${inline(score.symbol)} has the strongest signal (${signed(score.score)})`);
  if (risen !== undefined) parts.push(`${inline(risen.symbol)} the best change (${change(risen.change)})`);
  if (calm !== undefined)
    parts.push(`${inline(calm.symbol)} the lowest volatility (${percent(calm.volatility)})`);
  return `# ${parts.length === 0 ? "Comparison" : parts.join(", ")}`;
}
