import { count, counted, percent } from "../domain/format.ts";
import type { Figures } from "../domain/optimize/metric.ts";
import { sayValue } from "../domain/optimize/say-changes.ts";
import type { OptimizeReport, Trial } from "../domain/optimize/report.ts";
import { summariseTrials } from "../domain/optimize/summarise-trials.ts";
import { showMetric } from "../domain/optimize/show-metric.ts";
import type { Colour } from "./charts/colour.ts";
import { intervalChart } from "./charts/interval-chart.ts";
import { figure } from "./figure.ts";
import { METRICS } from "./figures.ts";
import { trialOutcome } from "./trial-outcome.ts";
import { html, type Html, type Piece } from "./html.ts";
import { page, section } from "./page.ts";
import { table, type TableColumn } from "./table.ts";

const COLOURS: Readonly<Record<Trial["verdict"], Colour>> = {
  promoted: "gain",
  accepted: "gain",
  "not confirmed": "series3",
  rejected: "loss",
  invalid: "muted",
};

const number = (name: string): TableColumn => ({ name, numeric: true });

/** An optimisation as one HTML document that needs nothing else: what was tried, on what, and why it was not promoted. */
export function optimizationSheet(report: OptimizeReport): string {
  const { agent, metric, data } = report;
  const [name] = METRICS[metric];
  return page({
    title: `Optimisation of the ${agent} agent: ${name}`,
    lead: [
      data.symbols.join(", "),
      `${day(data.from)} to ${day(data.to)}`,
      counted(report.trials.length, "candidate"),
    ].join(" · "),
    badges: data.simulated ? ["SIMULATED"] : [],
    body: html`${outcome(report)} ${section("candidates", "Candidates", candidates(report))}
    ${section("folds", "Folds and hold-out", folds(report))}
    ${section("attribution", "What each agent adds", attribution(report))}
    ${section("trials", "Each candidate", report.trials.length === 0 ? html`<p>None was tried.</p>` : html`${report.trials.map((one) => trial(report, one))}`)}
    ${section("provenance", "The gate and provenance", provenance(report))}`,
    foot: html`<p>
      FinAgent ${report.code}. Figures are after costs, of the past, and say little about the future. Times
      are UTC.
    </p>`,
  });
}

function outcome(report: OptimizeReport): Html {
  const { promoted, agent, trials, endedBecause, holdout, notImproved, flags } = report;
  const tried = trials.length === 0 ? [] : [summariseTrials(trials)];
  const look = promoted !== null ? "good" : holdout.opened ? "weak" : "bad";
  return html`<section id="verdict" class="verdict ${look}">
    <h2>Outcome</h2>
    <p class="conclusion">
      ${
        promoted === null
          ? "Nothing was promoted"
          : `${agent} ${promoted} was promoted; live use waits for a person`
      }
    </p>
    <ul>
      ${[...tried, endedBecause, holdout.says, ...notImproved, ...flags].map((one) => html`<li>${one}</li>`)}
    </ul>
  </section> `;
}

function candidates(report: OptimizeReport): Html {
  const { trials, metric, gate, baseline } = report;
  const [name] = METRICS[metric];
  const show = (value: number | null): string => showMetric(metric, value);
  const drawn = trials.flatMap(({ difference, number: n, verdict }) =>
    difference === null ? [] : [{ ...difference, name: `${n}`, colour: COLOURS[verdict] }],
  );
  const rows = trials.map((one): Piece[] => [
    String(one.number),
    one.version ?? "n/a",
    show(one.metrics?.train[metric] ?? null),
    show(one.metrics?.validation[metric] ?? null),
    one.difference === null
      ? "n/a"
      : `${show(one.difference.value)} (${show(one.difference.low)} to ${show(one.difference.high)})`,
    one.pValue === null ? "n/a" : one.pValue.toFixed(4),
    one.deflatedSharpe === null ? "n/a" : one.deflatedSharpe.toFixed(3),
    trialOutcome(one),
  ]);
  const held: Piece[] = [
    "",
    baseline.version,
    show(baseline.metrics.train[metric]),
    show(baseline.metrics.validation[metric]),
    "",
    "",
    "",
    "in force",
  ];
  const listed = table({
    caption: "Candidates",
    columns: [
      { name: "No." },
      { name: "Version" },
      number(`${name}, training`),
      number("Validation"),
      number("Difference, 95% interval"),
      number("p"),
      number("Deflated Sharpe"),
      { name: "Verdict" },
    ],
    rows: [held, ...rows],
    note: `To pass, p has to be at most ${gate.pValueBound.toPrecision(2)} and the deflated Sharpe ratio at least ${gate.deflatedSharpe}.`,
  });
  if (drawn.length === 0) return rows.length === 0 ? html`<p>None was tried.</p>` : listed;
  return html`${figure({
    id: "differences",
    title: `${name} on the validation spans, against the best so far`,
    caption:
      "A point is a candidate's difference, the line its interval from a paired bootstrap of blocks of days. Right of the dashed line is better. An interval of one candidate does not account for the number of candidates; the bound of p does.",
    height: 60 + 26 * drawn.length,
    draw: (size, id) =>
      intervalChart(
        {
          id,
          title: `Differences of the ${name} with their intervals`,
          description: `${counted(drawn.length, "candidate")}; ${drawn.filter(({ low }) => low > 0).length} have an interval above zero.`,
          intervals: drawn,
          reference: 0,
          format: show,
        },
        size,
      ),
    tables: [],
  })}${listed}`;
}

function folds(report: OptimizeReport): Html {
  const { baseline, metric, trials, holdout } = report;
  const [name] = METRICS[metric];
  const tried = trials.filter((one) => one.metrics !== null);
  const cell = (figures: Figures | null | undefined): string => showMetric(metric, figures?.[metric] ?? null);
  const rows = report.folds.flatMap(({ number: n, ...spans }, fold) =>
    (["train", "validation"] as const).map((part): Piece[] => [
      `${n} ${part === "train" ? "training" : "validation"}`,
      `${day(spans[part].from)} to ${day(spans[part].to)}`,
      count(spans[part].bars),
      cell(baseline.metrics.folds[fold]?.[part]),
      ...tried.map((one) => cell(one.metrics?.folds[fold]?.[part])),
    ]),
  );
  const held: Piece[] = [
    "Hold-out",
    `${day(holdout.span.from)} to ${day(holdout.span.to)}`,
    count(holdout.span.bars),
    holdout.opened ? cell(holdout.baseline) : "not opened",
    ...tried.map((one) => (holdout.opened && one.version === holdout.version ? cell(holdout.candidate) : "")),
  ];
  return html`${table({
    caption: `${name} by span`,
    columns: [
      { name: "Span" },
      { name: "Days" },
      number("Bars"),
      number("In force"),
      ...tried.map((one) => number(`No. ${one.number}`)),
    ],
    rows: [...rows, held],
    note: "Candidates are made from the training spans alone; the gate looks at the validation spans; the hold-out is opened once.",
  })}${
    report.regimes.length === 0
      ? null
      : table({
          caption: "The version in force by regime, training spans",
          columns: [
            { name: "Regime" },
            number("Bars"),
            number(name),
            number("Annual return"),
            number("Volatility"),
          ],
          rows: report.regimes.map(({ regime, bars, figures }) => [
            regime,
            count(bars),
            cell(figures),
            percent(figures.annualReturn),
            percent(figures.volatility),
          ]),
        })
  }`;
}

function attribution({ attribution: found, chosenBecause }: OptimizeReport): Html {
  return html`${table({
      caption: "The team less the team with a neutral stand-in, on the training spans",
      columns: [
        { name: "Agent" },
        number("Certainty equivalent"),
        number("Annual return"),
        number("Volatility"),
        number("Sharpe"),
        number("Max drawdown"),
        { name: "Stand-in", prose: true },
      ],
      rows: found.map((one) => [
        one.agent,
        percent(one.certaintyEquivalent, 2),
        percent(one.annualReturn, 2),
        percent(one.volatility, 2),
        one.sharpe === null ? "n/a" : one.sharpe.toFixed(2),
        percent(one.maxDrawdown, 2),
        one.standIn,
      ]),
      note: "The agent that costs most comes first. Below zero the team would have done better without it.",
    })}
    <p>${chosenBecause}</p>`;
}

function trial({ metric }: OptimizeReport, one: Trial): Html {
  const { policyChanges, proseDiff, checks } = one;
  return html`<div class="chart">
    <h3>${one.number}. ${one.version ?? "not valid"}: ${one.verdict}</h3>
    <p>${one.reasoning}</p>
    ${
      checks.length === 0
        ? html`<p>${one.reason}</p>`
        : html`<ul>
            ${checks.map((check) => html`<li>${check.passed ? "✓" : "✗"} ${check.says}</li>`)}
          </ul>`
    }
    ${
      one.metrics === null
        ? null
        : html`<p>
            ${METRICS[metric][0]}: ${showMetric(metric, one.metrics.train[metric])} on training,
            ${showMetric(metric, one.metrics.validation[metric])} on validation; turnover
            ${one.metrics.validation.turnover?.toFixed(1) ?? "n/a"} a year, costs
            ${percent(one.metrics.validation.costs)} of the capital.
          </p>`
    }
    ${
      policyChanges.length === 0
        ? null
        : table({
            caption: `Policy, against ${one.parent}`,
            columns: [{ name: "Field" }, { name: "From" }, { name: "To" }],
            rows: policyChanges.map(({ field, from, to }) => [field, sayValue(from), sayValue(to)]),
          })
    }
    ${
      proseDiff === ""
        ? null
        : html`<details>
            <summary>Instructions, against ${one.parent}</summary>
            <pre>${proseDiff}</pre>
          </details>`
    }
  </div> `;
}

function provenance(report: OptimizeReport): Html {
  const { gate, data, baseline, usage } = report;
  return table({
    caption: "What was judged by, and with what",
    columns: [{ name: "What" }, { name: "Value", prose: true }],
    rows: [
      [
        "Error rate of one optimisation",
        `${gate.level}, so p at most ${gate.pValueBound.toPrecision(2)} for each of ${report.budget}`,
      ],
      [
        "Deflated Sharpe ratio",
        `at least ${gate.deflatedSharpe}, over ${gate.tried} candidates ever tried (${gate.triedBefore} before)`,
      ],
      ["Maximum drawdown", `at most ${percent(gate.drawdown)} deeper than in force`],
      [
        "Hold-out",
        `p at most ${gate.holdoutLevel}, divided by its openings (${report.holdout.openedBefore} before)`,
      ],
      ["In force before", `${report.agent} ${baseline.version}`],
      ["Proposed by", report.model === "offline" ? "a seeded search over the policy" : report.model],
      ["Tokens", `${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`],
      ["Source", data.simulated ? `${data.source}, simulated` : data.source],
      ["Hash of the data", data.hash],
      ["Seed", String(report.seed)],
      ["Run", report.runId],
    ],
  });
}

function day(time: string): string {
  return time.slice(0, 10);
}
