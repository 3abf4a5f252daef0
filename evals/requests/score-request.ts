import type { Asked, ToolCall } from "../support/ask-subject.ts";
import type { Score } from "../support/suite.ts";
import type { Condition, RequestCase, Window } from "./case.ts";
import { COMPANIES } from "./companies.ts";
import { passes, scoreOf } from "../support/score-of.ts";

const DAY_MS = 86_400_000;
/** A long weekend lies between a day and the session next to it. */
const SLACK_DAYS = 4;

type Judge = (one: RequestCase, seen: Asked) => Score;

/** What is judged of a case that states it. */
const JUDGES: Readonly<
  Record<string, { readonly of: (one: RequestCase) => boolean; readonly judge: Judge }>
> = {
  symbols: { of: (one) => one.symbols !== undefined, judge: symbols },
  window: { of: (one) => one.window !== undefined, judge: window },
  capital: { of: (one) => one.capital !== undefined, judge: capital },
  constraints: { of: (one) => one.constraints !== undefined, judge: constraints },
  method: { of: (one) => one.method !== undefined, judge: method },
  strategy: { of: (one) => one.strategy !== undefined, judge: strategy },
  calls: { of: (one) => one.calls !== undefined, judge: calls },
  "no needless calls": { of: (one) => one.never !== undefined, judge: needless },
  condition: { of: (one) => one.onlyWhere !== undefined, judge: condition },
  status: { of: (one) => one.status !== undefined, judge: status },
  says: { of: (one) => one.says !== undefined, judge: says },
  "risk before portfolio": { of: () => true, judge: riskFirst },
};

export function criteriaOf(one: RequestCase): string[] {
  return Object.entries(JUDGES).flatMap(([name, { of }]) => (of(one) ? [name] : []));
}

export function scoreRequest(one: RequestCase, seen: Asked): Score[] {
  const scores = Object.values(JUDGES).flatMap(({ of, judge }) => (of(one) ? [judge(one, seen)] : []));
  return asksBack(one, seen) ? scores.map(({ criterion }) => passes(criterion)) : scores;
}

/** It asked what the case allows to be asked, and did nothing yet. */
function asksBack({ orAsks }: RequestCase, { report, calls: made }: Asked): boolean {
  return (
    orAsks !== undefined &&
    report.status === "question" &&
    made.length === 0 &&
    orAsks.test(report.answer ?? "")
  );
}

function symbols({ symbols: wanted = [] }: RequestCase, { report }: Asked): Score {
  const seen = report.data?.symbols.toSorted() ?? [];
  if (wanted !== "all") return scoreOf("symbols", wanted.toSorted().join(", "), seen.join(", "));
  const companies = seen.filter((symbol) => symbol !== "SIM500");
  return scoreOf("symbols", COMPANIES.join(", "), companies.join(", "));
}

function window({ window: wanted }: RequestCase, { report }: Asked): Score {
  if (wanted === undefined) return passes("window");
  const expected = `${wanted.from} to ${wanted.to}`;
  if (report.data === null) return scoreOf("window", expected, "no data");
  const [from, to] = [report.data.from.slice(0, 10), report.data.to.slice(0, 10)];
  return {
    criterion: "window",
    passed: fits(wanted, from, to),
    detail: `expected ${expected}, saw ${from} to ${to}`,
  };
}

/** Bars lie on sessions, so each end may lie somewhat further in, and never further out. */
function fits(
  { from, to, slackDays = SLACK_DAYS, anyStart = false }: Window,
  first: string,
  last: string,
): boolean {
  const days = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / DAY_MS;
  const within = (gap: number): boolean => gap >= 0 && gap <= slackDays;
  return (anyStart || within(days(from, first))) && within(days(last, to));
}

function capital({ capital: wanted }: RequestCase, seen: Asked): Score {
  const { portfolio, backtest } = seen.report;
  return scoreOf(
    "capital",
    String(wanted),
    String(portfolio?.capital ?? backtest?.settings.capital ?? "none"),
  );
}

function constraints({ constraints: wanted = {} }: RequestCase, { report, calls: made }: Asked): Score {
  const given = made.flatMap(({ input }) => ("constraints" in input ? [input["constraints"]] : []));
  return scoreOf(
    "constraints",
    inOrder(wanted),
    inOrder(report.portfolio?.constraints ?? given.at(-1) ?? {}),
  );
}

function method({ method: wanted = "equal-weight" }: RequestCase, { report }: Asked): Score {
  return scoreOf("method", wanted, report.portfolio?.method ?? "no portfolio");
}

function strategy({ strategy: wanted }: RequestCase, { report }: Asked): Score {
  const { backtest } = report;
  if (wanted === undefined) return passes("strategy");
  const { name, params = {} } = wanted;
  const expected = [name, ...Object.entries(params).map(([key, value]) => `${key} ${value}`)].join(", ");
  if (backtest === null) return scoreOf("strategy", expected, "no backtest");
  const held: Readonly<Record<string, unknown>> = backtest.params;
  const seen = [backtest.strategy, ...Object.keys(params).map((key) => `${key} ${String(held[key])}`)];
  return scoreOf("strategy", expected, seen.join(", "));
}

function calls({ calls: wanted = [] }: RequestCase, { calls: made }: Asked): Score {
  const missing = wanted.filter((tool) => !made.some((call) => call.tool === tool));
  return {
    criterion: "calls",
    passed: missing.length === 0,
    detail: `expected ${wanted.join(", ")}; saw ${named(made)}`,
  };
}

function needless({ never = [] }: RequestCase, { calls: made }: Asked): Score {
  const wrong = made.filter(({ tool }) => never.some((one) => one === tool));
  return {
    criterion: "no needless calls",
    passed: wrong.length === 0,
    detail: `expected none of ${never.join(", ")}; saw ${named(made)}`,
  };
}

function condition({ onlyWhere }: RequestCase, seen: Asked): Score {
  if (onlyWhere === undefined) return passes("condition");
  const { report } = seen;
  const holds = holdsIn(onlyWhere, seen);
  const done = onlyWhere.task === "portfolio" ? report.portfolio !== null : report.backtest !== null;
  const found = `risk ${report.risk?.level ?? "unknown"}, volatility ${String(report.risk?.volatility)}, scores ${report.signals.map(({ score }) => score.toFixed(2)).join(" ")}`;
  return {
    criterion: "condition",
    passed: holds !== null && holds === done,
    detail: `expected a ${onlyWhere.task} only where ${onlyWhere.where}${onlyWhere.bound === undefined ? "" : ` ${onlyWhere.bound}`}; saw ${done ? "one" : "none"} with ${found}`,
  };
}

/** Null where what it turns on was not looked at. */
function holdsIn({ where, bound = NaN }: Condition, { report: { risk, signals } }: Asked): boolean | null {
  if (where === "a signal is positive")
    return signals.length === 0 ? null : signals.some(({ score }) => score > 0);
  if (risk === null) return null;
  if (where === "risk is not HIGH") return risk.level !== "HIGH";
  return where === "risk is LOW" ? risk.level === "LOW" : (risk.volatility ?? NaN) <= bound;
}

function status({ status: wanted = "done" }: RequestCase, { report }: Asked): Score {
  const passed = wanted === "question or failed" ? report.status !== "done" : report.status === wanted;
  return { criterion: "status", passed, detail: `expected ${wanted}, saw ${report.status}` };
}

function says({ says: wanted = /^/ }: RequestCase, { report }: Asked): Score {
  const answer = report.answer ?? "";
  return {
    criterion: "says",
    passed: wanted.test(answer),
    detail: `expected ${String(wanted)} in the answer; saw ${answer.slice(0, 300)}`,
  };
}

/** Of every request: no portfolio without the risk agent's report. */
function riskFirst(_one: RequestCase, { report, calls: made }: Asked): Score {
  const risk = made.findIndex(({ tool, error }) => tool === "ask_risk_agent" && error === undefined);
  const built = made.findIndex(({ tool, error }) => tool === "ask_portfolio_agent" && error === undefined);
  const passed = report.portfolio === null && built < 0 ? true : risk >= 0 && risk < built;
  return { criterion: "risk before portfolio", passed, detail: `saw ${named(made)}` };
}

function named(made: readonly ToolCall[]): string {
  if (made.length === 0) return "no call";
  return made.map(({ tool, error }) => (error === undefined ? tool : `${tool} (failed)`)).join(", ");
}

function inOrder(value: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}
