import type { Bootstrap, Proof, Standing } from "../../domain/backtest/proof/report.ts";
import { PROOF_TESTS } from "../../domain/backtest/proof/weigh-proof.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { money, percent, ratio } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { bullets, cell, heading, paragraph, table } from "../markdown/compose.ts";
import type { Format, Line } from "../terminal/span.ts";

const STANDING_FORMATS: Readonly<Record<Standing, Format>> = {
  passed: "green",
  note: "cyan",
  doubtful: "yellow",
  failed: "red",
  "left out": "dim",
};

/** What the truth tests found: a line for each, then the tables behind them. */
export function describeProof({ backtest }: RunReport): Block[] {
  const proof = backtest?.proof ?? null;
  if (proof === null) return [];
  return [
    heading("Proof"),
    table(
      [
        ["Test", "left"],
        ["Result", "left"],
        ["", "left"],
      ],
      PROOF_TESTS.map(([key, name]) => [
        cell(name),
        cell(proof[key].standing, STANDING_FORMATS[proof[key].standing]),
        cell(proof[key].conclusion),
      ]),
    ),
    ...(proof.notes.length === 0 ? [] : [bullets(proof.notes)]),
    ...describeCosts(proof),
    ...describeLags(proof),
    ...describeIntervals(proof.bootstrap),
    ...describeFolds(proof),
    ...describeTrials(proof),
  ];
}

/** The sentences that a reader finds in the table of tests. What failed decides, and is no mere line of a table. */
export function toldInTable(proof: Proof | null): string[] {
  if (proof === null) return [];
  return PROOF_TESTS.filter(([key]) => proof[key].standing !== "failed").map(
    ([key]) => proof[key].conclusion,
  );
}

/** The names of the tests that leave a doubt, as a sentence. */
export function doubtfulTests(proof: Proof | null): string[] {
  if (proof === null) return [];
  const names = PROOF_TESTS.filter(([key]) => proof[key].standing === "doubtful").map(([, name]) => name);
  return names.length === 0 ? [] : [`Doubtful: ${names.join(", ")}.`];
}

function describeCosts({ costs }: Proof): Block[] {
  return [
    heading("Costs", 3),
    table(
      [
        ["Times", "right"],
        ["Costs", "right"],
        ["Total return", "right"],
        ["Sharpe", "right"],
        ["Max drawdown", "right"],
      ],
      costs.levels.map((level) => [cell(`${level.times}x`), cell(money(level.costs)), ...outcome(level)]),
    ),
  ];
}

function describeLags({ lags }: Proof): Block[] {
  return [
    heading("Bars between decision and fill", 3),
    table(
      [
        ["Bars", "right"],
        ["", "left"],
        ["Total return", "right"],
        ["Sharpe", "right"],
        ["Max drawdown", "right"],
      ],
      lags.levels.map((level) => [
        cell(String(level.bars)),
        cell(
          [lagName(level.bars), ...(level.own ? ["this run"] : [])].filter((one) => one !== "").join(", "),
        ),
        ...outcome(level),
      ]),
    ),
  ];
}

function lagName(bars: number): string {
  return bars === 0 ? "same close" : bars === 1 ? "next open" : "";
}

function outcome(level: {
  totalReturn: number | null;
  sharpe: number | null;
  maxDrawdown: number | null;
}): Line[] {
  return [
    cell(percent(level.totalReturn, 2)),
    cell(ratio(level.sharpe)),
    cell(percent(level.maxDrawdown, 2)),
  ];
}

function describeIntervals(bootstrap: Bootstrap): Block[] {
  if (bootstrap.standing === "left out") return [];
  const rows: readonly [string, Bootstrap["sharpe"], (value: number | null) => string][] = [
    ["Sharpe", bootstrap.sharpe, ratio],
    ["CAGR", bootstrap.cagr, percent],
    ["Max drawdown", bootstrap.maxDrawdown, percent],
    ["Sharpe less that of buy and hold", bootstrap.sharpeOverHolding, ratio],
    ["CAGR less that of buy and hold", bootstrap.cagrOverHolding, percent],
  ];
  return [
    heading(`${percent(bootstrap.confidence, 0)} intervals`, 3),
    table(
      [
        ["", "left"],
        ["This run", "right"],
        ["From", "right"],
        ["To", "right"],
      ],
      rows.map(([name, { estimate, low, high }, show]) => [
        cell(name),
        cell(show(estimate)),
        cell(show(low)),
        cell(show(high)),
      ]),
    ),
    paragraph(
      cell(
        `${bootstrap.resamples} resamples of the stationary bootstrap, blocks of ${bootstrap.blockLength} periods on average.`,
        "dim",
      ),
    ),
  ];
}

function describeFolds({ walkForward, overfitting }: Proof): Block[] {
  if (walkForward.folds.length === 0) return [];
  const varied = variedParams(overfitting.trials);
  return [
    heading("Walk-forward", 3),
    table(
      [
        ["Trained to", "left"],
        ["Tested from", "left"],
        ["To", "left"],
        ["Parameters", "left"],
        ["Sharpe in sample", "right"],
        ["Out of sample", "right"],
      ],
      walkForward.folds.map((fold) => [
        cell(fold.train.to.slice(0, 10)),
        cell(fold.test.from.slice(0, 10)),
        cell(fold.test.to.slice(0, 10)),
        cell(describeParams(fold.params, varied)),
        cell(ratio(fold.inSampleSharpe)),
        cell(ratio(fold.outOfSampleSharpe)),
      ]),
    ),
    paragraph(
      cell(
        `${walkForward.purge} periods purged before each test, ${walkForward.embargo} embargoed after it where training goes on.`,
        "dim",
      ),
    ),
  ];
}

const BEST = 5;

function describeTrials({ overfitting: { trials } }: Proof): Block[] {
  if (trials.length === 0) return [];
  const varied = variedParams(trials);
  const ranked = trials.toSorted((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity));
  const shown = ranked.filter(({ own }, place) => place < BEST || own);
  return [
    heading(`Parameters tried (${trials.length})`, 3),
    table(
      [
        ["Rank", "right"],
        ["Parameters", "left"],
        ["Total return", "right"],
        ["Sharpe", "right"],
      ],
      shown.map((trial) => [
        cell(String(ranked.indexOf(trial) + 1)),
        cell(`${describeParams(trial.params, varied)}${trial.own ? ", this run" : ""}`),
        cell(percent(trial.totalReturn, 2)),
        cell(ratio(trial.sharpe)),
      ]),
    ),
  ];
}

type Params = Readonly<Record<string, unknown>>;

/** The parameters that are not the same in all trials. */
function variedParams(trials: readonly { readonly params: Params }[]): string[] {
  const names = Object.keys(trials[0]?.params ?? {});
  return names.filter((name) => new Set(trials.map(({ params }) => params[name])).size > 1);
}

function describeParams(params: Params, names: readonly string[]): string {
  return Object.entries(params)
    .filter(([name]) => names.includes(name))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
