import { holdoutBound } from "../../domain/optimize/gate-bounds.ts";
import type { Figures } from "../../domain/optimize/metric.ts";
import type { OptimizeReport } from "../../domain/optimize/report.ts";
import { summariseTrials } from "../../domain/optimize/summarise-trials.ts";
import { METRICS } from "../../report/figures.ts";
import { count, counted, duration, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, facts, heading, paragraph, table } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { describeFindings } from "./describe-findings.ts";
import { describeSource } from "./describe-header.ts";
import { describeEachTrial, describeTrials } from "./describe-trials.ts";
import { signed } from "./signed.ts";

/** An optimisation as a report for the terminal. */
export function describeOptimization(report: OptimizeReport, ms: number, screen: number): Block[] {
  const { agent, promoted, trials, holdout, notImproved, flags } = report;
  const [name] = METRICS[report.metric];
  return [
    heading(`Optimise ${agent}: ${name}`, 1),
    facts(headerRows(report)),
    paragraph(
      promoted === null
        ? cell("Nothing was promoted.", "bold", "yellow")
        : cell(`Promoted: ${agent} ${promoted}. Live use waits for a person.`, "bold", "green"),
    ),
    bullets([
      ...(trials.length === 0 ? [] : [summariseTrials(trials)]),
      report.endedBecause,
      holdout.says,
      ...notImproved,
      ...flags,
    ]),
    ...describeTrials(report, screen),
    heading("Folds and hold-out"),
    foldTable(report),
    paragraph(cell(holdoutNote(report), "dim")),
    heading("What each agent adds"),
    attributionTable(report),
    bullets([
      report.chosenBecause,
      ...report.attribution.map(({ agent: one, standIn }) => `Stood in for ${one}: ${standIn}.`),
    ]),
    ...(report.regimes.length === 0
      ? []
      : [heading("The version in force by regime, training spans"), regimeTable(report)]),
    ...describeEachTrial(report),
    heading("The gate"),
    bullets(gateRules(report)),
    ...describeFindings(report.data.findings, false),
    { kind: "rule" },
    facts([
      ["Run", cell(`${report.runId}, ${duration(ms)}`)],
      ["Proposed by", cell(report.model === "offline" ? "a seeded search over the policy" : report.model)],
      ["Tokens", cell(tokens(report))],
      ["Code", cell(`FinAgent ${report.code}, seed ${report.seed}, data ${report.data.hash.slice(0, 12)}`)],
    ]),
  ];
}

function headerRows(report: OptimizeReport): (readonly [string, Line])[] {
  const { data, metric, target, baseline } = report;
  const [name, show] = METRICS[metric];
  const value = baseline.metrics.validation[metric];
  return [
    ["Data", describeSource(data.source, data.simulated)],
    ["Symbols", cell(data.symbols.join(", "))],
    ["Period", cell(`${data.from.slice(0, 10)} to ${data.to.slice(0, 10)}`)],
    ["In force", cell(`${report.agent} ${baseline.version}: ${name} ${shown(value, show)} on validation`)],
    ["Target", cell(`${show(target)}${report.targetReached ? ", reached" : ", not reached"}`)],
  ];
}

function attributionTable({ attribution }: OptimizeReport): Block {
  return table(
    [
      ["Agent", "left"],
      ["Certainty equivalent", "right"],
      ["Annual return", "right"],
      ["Volatility", "right"],
      ["Sharpe", "right"],
      ["Max drawdown", "right"],
    ],
    attribution.map((one) => [
      cell(one.agent),
      cell(signed(one.certaintyEquivalent, percent)),
      cell(signed(one.annualReturn, percent)),
      cell(signed(one.volatility, percent)),
      cell(signed(one.sharpe, ratio)),
      cell(signed(one.maxDrawdown, percent)),
    ]),
  );
}

function foldTable({ folds, baseline, metric, trials, holdout }: OptimizeReport): Block {
  const [, show] = METRICS[metric];
  // The last that passed, else the one that came nearest.
  const best =
    trials.findLast(({ verdict }) => verdict !== "rejected" && verdict !== "invalid") ??
    trials
      .filter(({ pValue }) => pValue !== null)
      .toSorted((a, b) => (a.pValue ?? 1) - (b.pValue ?? 1))
      .at(0);
  const row = (
    label: string,
    span: OptimizeReport["holdout"]["span"],
    held: Figures | null | undefined,
    tried: Figures | null | undefined,
  ): Line[] => [
    cell(label, "dim"),
    cell(`${span.from.slice(0, 10)} to ${span.to.slice(0, 10)}`),
    cell(count(span.bars)),
    figure(held, metric, show),
    ...(best === undefined ? [] : [figure(tried, metric, show)]),
  ];
  const of = (
    one: typeof baseline.metrics | null | undefined,
    fold: number,
  ): (typeof baseline.metrics.folds)[number] | undefined => one?.folds[fold];
  return table(
    [
      ["", "left"],
      ["Span", "left"],
      ["Bars", "right"],
      ["In force", "right"],
      ...(best === undefined ? [] : [[`Candidate ${best.number}`, "right"] as const]),
    ],
    [
      ...folds.flatMap(({ number, train, validation }, fold) => {
        const [held, tried] = [of(baseline.metrics, fold), of(best?.metrics, fold)];
        return [
          row(`${number} training`, train, held?.train, tried?.train),
          row(`${number} validation`, validation, held?.validation, tried?.validation),
        ];
      }),
      row("Hold-out", holdout.span, holdout.baseline, holdout.candidate),
    ],
  );
}

function regimeTable({ regimes, metric }: OptimizeReport): Block {
  const [name, show] = METRICS[metric];
  return table(
    [
      ["Regime", "left"],
      ["Bars", "right"],
      [name, "right"],
      ["Annual return", "right"],
      ["Volatility", "right"],
    ],
    regimes.map(({ regime, bars, figures }) => [
      cell(regime),
      cell(count(bars)),
      figure(figures, metric, show),
      cell(percent(figures.annualReturn)),
      cell(percent(figures.volatility)),
    ]),
  );
}

function holdoutNote({ holdout }: OptimizeReport): string {
  const { opened, openedBefore, pValue } = holdout;
  const before = openedBefore === 0 ? "" : `, ${counted(openedBefore, "time")} before`;
  return opened
    ? `The hold-out was opened${before}: p ${pValue === null ? "n/a" : pValue.toFixed(4)}.`
    : "The hold-out was not opened: nothing of it is known.";
}

function gateRules({ gate, budget, metric, holdout }: OptimizeReport): string[] {
  const [name] = METRICS[metric];
  return [
    `${name} on the validation spans is higher, with p at most ${gate.pValueBound.toPrecision(2)}: ${gate.level} over a budget of ${budget}. Paired stationary block bootstrap, one-sided.`,
    `Deflated Sharpe ratio at least ${gate.deflatedSharpe}, over ${counted(gate.tried, "candidate")} of this agent ever tried (${gate.triedBefore} of them before).`,
    `A maximum drawdown at most ${percent(gate.drawdown)} deeper.`,
    `On the hold-out, which is opened once and for the last candidate that passed alone: higher, with p at most ${holdoutBound(holdout.openedBefore).toPrecision(2)}${holdout.openedBefore === 0 ? "" : `: ${gate.holdoutLevel} over 1 + ${holdout.openedBefore} openings before`}.`,
  ];
}

function figure(
  figures: Figures | null | undefined,
  metric: OptimizeReport["metric"],
  show: (value: number) => string,
): Line {
  const value = figures?.[metric] ?? null;
  return value === null ? cell("n/a", "dim") : cell(show(value));
}

function shown(value: number | null | undefined, show: (value: number) => string): string {
  return value === null || value === undefined ? "n/a" : show(value);
}

function tokens({ usage }: OptimizeReport): string {
  return `${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`;
}
