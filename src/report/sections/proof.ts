import type { Proof } from "../../domain/backtest/proof/report.ts";
import { barTime, count, percent, ratio } from "../../domain/format.ts";
import { html, type Html, type Piece } from "../html.ts";
import { table, thinRows, type TableColumn } from "../table.ts";

const MOST_TRIALS = 40;

const LOOK = {
  passed: "gain",
  note: "",
  doubtful: "doubt",
  failed: "loss",
  "left out": "",
} as const;

const number = (name: string): TableColumn => ({ name, numeric: true });

/** What each test of `--prove` found, in words, with its figures. */
export function proof(found: Proof, interval: string): Html {
  const { lookAhead, history, costs, lags, bootstrap, walkForward, overfitting, notes } = found;
  const span = ({ from, to }: { from: string; to: string }): string =>
    `${barTime(from, interval)} to ${barTime(to, interval)}`;
  const outcome = (row: {
    totalReturn: number | null;
    sharpe: number | null;
    maxDrawdown: number | null;
  }) => [percent(row.totalReturn), ratio(row.sharpe), percent(row.maxDrawdown)];
  const OUTCOME = [number("Total return"), number("Sharpe"), number("Max drawdown")];
  const bounds = (
    name: string,
    value: { estimate: number | null; low: number | null; high: number | null },
    show: (value: number | null) => string,
  ): Piece[] => [name, show(value.estimate), show(value.low), show(value.high)];
  const ranked = overfitting.trials.toSorted((a, b) => (b.sharpe ?? -Infinity) - (a.sharpe ?? -Infinity));
  const thinned = new Set(thinRows(ranked, MOST_TRIALS).rows);
  const trials = ranked.filter((trial) => trial.own || thinned.has(trial));
  return html`${test("Look-ahead", lookAhead, null)}${test(
    "Dependence on history",
    history,
    history.starts.length === 0
      ? null
      : table({
          caption: "Runs that load less history",
          columns: [
            { name: "From" },
            number("Rows dropped"),
            number("Agrees after"),
            number("Differing rows"),
          ],
          rows: history.starts.map(({ time, dropped, agreeAfter, differing }) => [
            barTime(time, interval),
            count(dropped),
            agreeAfter === null ? "never" : `${count(agreeAfter)} rows`,
            percent(differing),
          ]),
        }),
  )}${test(
    "Costs",
    costs,
    table({
      caption: "With costs times",
      columns: [number("Times"), ...OUTCOME],
      rows: costs.levels.map((level) => [String(level.times), ...outcome(level)]),
    }),
  )}${test(
    "Fill lag",
    lags,
    table({
      caption: "By bars between decision and fill",
      columns: [number("Bars"), ...OUTCOME],
      rows: lags.levels.map((level) => [`${level.bars}${level.own ? " (this run)" : ""}`, ...outcome(level)]),
    }),
  )}${test(
    "Bootstrap",
    bootstrap,
    table({
      caption: `Intervals of ${percent(bootstrap.confidence, 0)} from ${count(bootstrap.resamples)} resamples`,
      columns: [{ name: "Figure" }, number("Estimate"), number("Low"), number("High")],
      rows: [
        bounds("Sharpe", bootstrap.sharpe, ratio),
        bounds("CAGR", bootstrap.cagr, percent),
        bounds("Max drawdown", bootstrap.maxDrawdown, percent),
        bounds("Sharpe over buy and hold", bootstrap.sharpeOverHolding, ratio),
        bounds("CAGR over buy and hold", bootstrap.cagrOverHolding, percent),
      ],
    }),
  )}${test(
    "Walk-forward",
    walkForward,
    walkForward.folds.length === 0
      ? null
      : table({
          caption: `Chosen in the training span out of ${count(walkForward.trials)}, measured in the test span`,
          columns: [
            { name: "Test" },
            { name: "Training" },
            { name: "Chosen" },
            number("Sharpe in training"),
            number("Sharpe in test"),
          ],
          rows: walkForward.folds.map((fold) => [
            span(fold.test),
            span(fold.train),
            named(fold.params),
            ratio(fold.inSampleSharpe),
            ratio(fold.outOfSampleSharpe),
          ]),
        }),
  )}${test(
    "Overfitting",
    overfitting,
    trials.length === 0
      ? null
      : table({
          caption: "Variants by Sharpe ratio",
          columns: [{ name: "Parameters" }, number("Sharpe"), number("Total return")],
          rows: trials.map(({ params, sharpe, totalReturn, own }) => [
            `${named(params)}${own ? " (this run)" : ""}`,
            ratio(sharpe),
            percent(totalReturn),
          ]),
          ...(trials.length < ranked.length
            ? { note: `${trials.length} of ${count(ranked.length)}, evenly spaced by rank, and this run.` }
            : {}),
        }),
  )}${
    notes.length === 0
      ? null
      : html`<ul class="note">
          ${notes.map((note) => html`<li>${note}</li>`)}
        </ul>`
  }`;
}

function test(
  name: string,
  { standing, conclusion }: { standing: keyof typeof LOOK; conclusion: string },
  figures: Html | null,
): Html {
  return html`<div class="test">
    <h3>${name}: <span class="${LOOK[standing]}">${standing}</span></h3>
    <p>${conclusion}</p>
    ${
      figures === null
        ? null
        : html`<details>
            <summary>The figures of this test</summary>
            ${figures}
          </details>`
    }
  </div> `;
}

function named(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
}
