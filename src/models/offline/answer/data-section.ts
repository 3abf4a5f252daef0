import { change, count, day, inline, price } from "../format.ts";
import { bullets, section, table } from "../markdown.ts";
import type { DataResult } from "../plan/results.ts";

/** Findings printed one by one; the report holds all of them. */
const SHOWN = 5;

/** What was looked at: source, window, prices, and what the data check found. */
export function dataSection(data: DataResult): string {
  return section("What was looked at", [sources(data), prices(data), findings(data)]);
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

function prices(data: DataResult): string {
  return table(
    ["Symbol", "Name", "First close", "Last close", "Change", "High", "Low", "Bars"],
    (data.prices ?? []).map((one) => [
      inline(one.symbol ?? "n/a"),
      inline(one.name ?? ""),
      price(one.first),
      price(one.last),
      change(one.change),
      price(one.high),
      price(one.low),
      count(one.bars),
    ]),
  );
}

/** Repairs and errors first; of the notes only what changes how the figures read. */
function findings(data: DataResult): string | undefined {
  const all = data.findings ?? [];
  const matter = [
    ...all.filter((one) => one.severity !== "note"),
    ...all.filter((one) => one.severity === "note"),
  ];
  if (matter.length === 0) return undefined;
  const lines = matter
    .slice(0, SHOWN)
    .map(
      (one) =>
        `${inline(one.symbol ?? "")}: ${inline(one.message ?? one.kind ?? "")} (${one.severity ?? "note"})`,
    );
  const more = matter.length > SHOWN ? ["Further findings stand in the report."] : [];
  return `Found in the data:\n\n${bullets([...lines, ...more])}`;
}
