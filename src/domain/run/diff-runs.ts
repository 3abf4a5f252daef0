import type { z } from "zod";
import { differences } from "./differences.ts";
import { lasting } from "./lasting.ts";
import { type RunReport, runReportSchema } from "./report.ts";
import type { RunDiff } from "./run-diff.ts";
import type { RunHeader } from "./run-header.ts";
import type { RunRecord } from "./run-record.ts";

/** How many rebalance dates, and fields of other reports, are told. */
const TOLD = 5;

/** The part of a report that a comparison reads: reports of other kinds have none of it. */
const comparableSchema = runReportSchema.pick({
  status: true,
  answer: true,
  risk: true,
  weights: true,
  metrics: true,
  equity: true,
  rebalances: true,
});

type Comparable = z.output<typeof comparableSchema>;

/** What differs between two runs: in what they are, in what was decided, in money and in what it took. */
export function diffRuns(a: RunRecord, b: RunRecord): RunDiff {
  const [one, other] = [comparable(a.report), comparable(b.report)];
  return {
    a: a.run.id,
    b: b.run.id,
    identity: differences(identityOf(a.run), identityOf(b.run)),
    status: { a: a.run.status, b: b.run.status },
    decisions: {
      by: { a: a.run.decisions, b: b.run.decisions },
      level: { a: one?.risk?.level ?? null, b: other?.risk?.level ?? null },
      allowedExposure: { a: one?.risk?.allowedExposure ?? null, b: other?.risk?.allowedExposure ?? null },
      weights: weightsThatDiffer(one?.weights ?? {}, other?.weights ?? {}),
      rebalances: rebalancesThatDiffer(one?.rebalances ?? [], other?.rebalances ?? []),
      answer: (one?.answer ?? null) === (other?.answer ?? null),
    },
    money: moneyOf(one, other),
    usage: { a: a.run.usage, b: b.run.usage },
    report:
      one === undefined || other === undefined
        ? differences(lasting(a.report ?? {}), lasting(b.report ?? {})).slice(0, TOLD)
        : [],
  };
}

function comparable(report: unknown): Comparable | undefined {
  return comparableSchema.safeParse(report).data;
}

function identityOf(run: RunHeader): object {
  const { tool, input, asOf, source, data, code, seed, model, models, endpoint, overrides } = run;
  const prompts = Object.fromEntries(
    Object.entries(run.prompts).map(([agent, { version, hash }]) => [
      agent,
      `${version} ${hash.slice(0, 8)}`,
    ]),
  );
  return {
    tool,
    input: withoutThread(input),
    asOf,
    source,
    data: data?.hash ?? null,
    code,
    seed,
    model,
    models,
    endpoint,
    overrides,
    prompts,
  };
}

function withoutThread(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== "threadId"));
}

function weightsThatDiffer(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): RunDiff["decisions"]["weights"] {
  const symbols = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return symbols
    .map((symbol) => ({ symbol, a: a[symbol] ?? 0, b: b[symbol] ?? 0 }))
    .filter((one) => one.a !== one.b);
}

function rebalancesThatDiffer(
  a: RunReport["rebalances"],
  b: RunReport["rebalances"],
): RunDiff["decisions"]["rebalances"] {
  const byTime = (all: RunReport["rebalances"]) => new Map(all.map(({ time, ...rest }) => [time, rest]));
  const [one, other] = [byTime(a), byTime(b)];
  const times = [...new Set([...one.keys(), ...other.keys()])].sort();
  const differing = times
    .map((time) => ({ time, a: one.get(time) ?? null, b: other.get(time) ?? null }))
    .filter((date) => differences(date.a, date.b).length > 0);
  return { a: a.length, b: b.length, differing: differing.length, first: differing.slice(0, TOLD) };
}

function moneyOf(a: Comparable | undefined, b: Comparable | undefined): RunDiff["money"] {
  const [one, other] = [figuresOf(a), figuresOf(b)];
  if (one === null && other === null) return [];
  // Figures of a part are not set against those of the whole.
  const partial = a?.status === "partial" || b?.status === "partial";
  const apart = partial && a?.equity.at(-1)?.[0] !== b?.equity.at(-1)?.[0];
  return (["finalEquity", "totalReturn", "costs", "maxDrawdown", "sharpe"] as const).map((figure) => {
    const [was, is] = [one?.[figure] ?? null, other?.[figure] ?? null];
    const difference = was === null || is === null || apart ? null : is - was;
    return { figure, a: was, b: is, difference };
  });
}

type Figure = RunDiff["money"][number]["figure"];

function figuresOf(report: Comparable | undefined): Record<Figure, number | null> | null {
  if (!report?.metrics) return null;
  const { totalReturn, costs, maxDrawdown, sharpe } = report.metrics;
  return { finalEquity: report.equity.at(-1)?.[1] ?? null, totalReturn, costs, maxDrawdown, sharpe };
}
