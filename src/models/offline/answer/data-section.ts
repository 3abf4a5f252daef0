import { change, count, day, inline, percent, price } from "../format.ts";
import { bullets, section, table } from "../markdown.ts";
import type { DataResult } from "../plan/results.ts";
import { findingsText, layoutText } from "./findings.ts";

/** From here on a table of all symbols has only its main columns. */
export const MANY_SYMBOLS = 8;

/** What was looked at: source, window, prices, and what the data check found. */
export function dataSection(data: DataResult, withPrices = true): string {
  return section("What was looked at", [
    sources(data),
    withPrices ? prices(data) : "",
    findingsText(data),
    layoutText(data),
  ]);
}

/** One line that marks figures from a simulated market. */
export function simulatedNotice(data: DataResult | undefined): string | undefined {
  if (data?.simulated !== true) return undefined;
  return "**SIMULATED data:** these prices come from a simulated market; they are not prices of real companies.";
}

function sources(data: DataResult): string {
  const index =
    data.benchmark === null || data.benchmark === undefined
      ? ""
      : `, against the index ${inline(data.benchmark)}`;
  return bullets([
    `Source: ${inline(data.source ?? "not stated")}${data.simulated === true && data.source !== "simulated" ? " (simulated)" : ""}${index}`,
    `Period: ${day(data.from)} to ${day(data.to)}, ${count(data.rows)} bars (${inline(data.interval ?? "interval not stated")}), and ${count(data.historyRows)} bars before it for look-backs`,
    `Prices: ${adjustment(data.adjustment)}`,
  ]);
}

function adjustment(kind: string | undefined): string {
  switch (kind) {
    case "splits-and-dividends":
      return "adjusted for splits and dividends";
    case "splits":
      return "adjusted for splits";
    case "none":
      return "not adjusted";
    default:
      return "the source does not say what they are adjusted for";
  }
}

type Price = NonNullable<DataResult["prices"]>[number];
type Column = readonly [name: string, print: (one: Price) => string];

/** Names and numbers of bars only where they tell something. */
function prices(data: DataResult): string {
  const all = data.prices ?? [];
  const columns: Column[] = [
    ["Symbol", (one) => inline(one.symbol ?? "n/a")],
    ...(all.some(({ name }) => typeof name === "string" && name !== "")
      ? [["Name", (one) => inline(one.name ?? "")] satisfies Column]
      : []),
    ["First close", (one) => price(one.first)],
    ["Last close", (one) => price(one.last)],
    ["Change", (one) => change(one.change)],
    ...(all.length > MANY_SYMBOLS
      ? []
      : ([
          ["High", (one) => price(one.high)],
          ["Low", (one) => price(one.low)],
        ] satisfies Column[])),
    ...(all.some((one) => typeof one.volatility === "number")
      ? [["Volatility", (one) => percent(one.volatility)] satisfies Column]
      : []),
    ...(all.some((one) => typeof one.maxDrawdown === "number")
      ? [["Largest drawdown", (one) => percent(one.maxDrawdown)] satisfies Column]
      : []),
    ...(all.every(({ bars }) => bars === data.rows)
      ? []
      : [["Bars", (one) => count(one.bars)] satisfies Column]),
  ];
  return table(
    columns.map(([name]) => name),
    all.map((one) => columns.map(([, print]) => print(one))),
  );
}
