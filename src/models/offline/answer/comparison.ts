import { change, decimal, inline, percent, signed } from "../format.ts";
import { section, table } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import { inWindow } from "./risk-window.ts";

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

/** The symbols side by side; `bars` is the window of the risk figures. */
export function comparisonSection(heading: string, rows: readonly Row[], bars?: number): string {
  const beta = rows.some((row) => typeof row.beta === "number");
  return section(heading, [
    table(
      [
        "Symbol",
        "Change",
        "Score",
        "Direction",
        ...["Volatility", "VaR", "Largest drawdown", ...(beta ? ["Beta"] : [])].map((name) =>
          inWindow(name, bars),
        ),
      ],
      rows.map((row) => [
        inline(row.symbol),
        change(row.change),
        signed(row.score),
        row.direction ?? "n/a",
        percent(row.volatility),
        percent(row.valueAtRisk),
        percent(row.maxDrawdown),
        ...(beta ? [decimal(row.beta)] : []),
      ]),
    ),
  ]);
}

/** "a", "a and b", "a, b and c" */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

/** Who leads by score, by change, and by calm. */
export function comparisonHeadline(rows: readonly Row[], bars?: number): string {
  const by = (value: (row: Row) => number | null | undefined, most: boolean): Row | undefined =>
    rows
      .filter((row) => typeof value(row) === "number")
      .sort((a, b) => ((value(b) ?? 0) - (value(a) ?? 0)) * (most ? 1 : -1))[0];
  const leads = [
    [by((row) => row.score, true), "the highest score", (row: Row) => signed(row.score)],
    [by((row) => row.change, true), "the best change", (row: Row) => change(row.change)],
    [
      by((row) => row.volatility, false),
      "the lowest volatility",
      (row: Row) => inWindow(percent(row.volatility), bars),
    ],
  ] as const;
  const bySymbol = new Map<string, string[]>();
  for (const [row, lead, figure] of leads) {
    if (row === undefined) continue;
    bySymbol.set(row.symbol, [...(bySymbol.get(row.symbol) ?? []), `${lead} (${figure(row)})`]);
  }
  const parts = [...bySymbol].map(([symbol, has]) => `${inline(symbol)} has ${listed(has)}`);
  return `# ${parts.length === 0 ? "Comparison" : parts.join("; ")}`;
}
