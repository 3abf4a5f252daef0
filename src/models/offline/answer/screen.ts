import { change, inline, percent, signed } from "../format.ts";
import { bullets, section } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import { predicateText, type Predicate } from "../request/condition.ts";
import type { Screening } from "../request/screening.ts";
import { comparisonSection, listed, type Row, rowsOf } from "./comparison.ts";

/** Symbols printed where the request names no number. */
const SHOWN = 20;

/** Symbols in the headline. */
const LEADERS = 3;

export interface ScreenAnswer {
  readonly headline: string;
  readonly body: string;
}

/** The symbols that pass the filters, in order, up to the number asked for. */
export function screenAnswer(results: Results, screening: Screening): ScreenAnswer {
  const bar = screening.lowRisk ? results.risk?.policy?.moderateFrom?.volatility : undefined;
  const passed = rowsOf(results)
    .filter((row) => typeof valueOf(row, screening) === "number")
    .filter((row) => bar === undefined || (typeof row.volatility === "number" && row.volatility < bar))
    .filter((row) => screening.filters.every((filter) => passes(row, filter)))
    .sort((a, b) => order(screening) * ((valueOf(b, screening) ?? 0) - (valueOf(a, screening) ?? 0)));
  const shown = passed.slice(0, screening.top ?? SHOWN);
  const [first] = shown;
  const rules = [
    `Ranked by ${screening.by === "change" ? "price change" : screening.by}, ${screening.best ? "best" : "weakest"} first`,
    ...(bar === undefined
      ? []
      : [`Only a volatility below ${percent(bar)}, where the risk policy calls it moderate`]),
    ...screening.filters.map((filter) =>
      filter.about === "risk" || filter.about === "expectedShortfall"
        ? `Not tested, as it is not measured for each symbol: ${predicateText(filter, true)}`
        : `Only where ${predicateText(filter, true)}`,
    ),
  ];
  const unmeasured =
    screening.lowRisk && bar === undefined
      ? ["Low risk could not be told: the risk agent's policy did not arrive"]
      : [];
  const cut =
    screening.top === undefined && passed.length > shown.length
      ? [`The first twenty are shown; the others stand in the report`]
      : [];
  // The portfolio agent has all symbols before it, whatever the screen left out.
  const unbound =
    results.portfolio === undefined || (bar === undefined && screening.filters.length === 0)
      ? []
      : ["The portfolio below is the portfolio agent's choice from all symbols; these bars do not bind it"];
  return {
    headline: first === undefined ? "# No symbol passes the screen" : `# ${leaders(shown, screening)}`,
    body: [
      section("Screen", [bullets([...rules, ...unmeasured, ...cut, ...unbound])]),
      comparisonSection("Ranking", shown, results.risk?.bars),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

/** The first alone, or the first three with their figures. */
function leaders(shown: readonly Row[], screening: Screening): string {
  const [first, ...next] = shown.slice(0, LEADERS);
  if (first === undefined) return "";
  const figure = (row: Row): string => `${inline(row.symbol)} (${ranked(row, screening)})`;
  const what = screening.by === "change" ? "price change" : screening.by;
  const lead = `${inline(first.symbol)} ranks first (${what} ${ranked(first, screening)})`;
  return next.length === 0 ? lead : `${lead}, then ${listed(next.map(figure))}`;
}

function ranked(row: Row, { by }: Screening): string {
  if (by === "score") return signed(row.score);
  return by === "change" ? change(row.change) : percent(row.volatility);
}

function valueOf(row: Row, { by }: Screening): number | undefined {
  return row[by] ?? undefined;
}

/** High scores and changes are good, high volatility is not. */
function order({ by, best }: Screening): number {
  return (by === "volatility" ? -1 : 1) * (best ? 1 : -1);
}

function passes(row: Row, filter: Predicate): boolean {
  if (filter.about === "risk" || filter.about === "expectedShortfall") return true;
  if (filter.about === "signal") {
    if (filter.is === "positive") return (row.score ?? 0) > 0;
    return filter.is === "negative" ? (row.score ?? 0) < 0 : row.direction === filter.is;
  }
  const value = row[filter.about];
  if (typeof value !== "number") return false;
  const size = filter.about === "score" || filter.about === "beta" ? value : Math.abs(value);
  return filter.than === "above" ? size > filter.value : size < filter.value;
}
