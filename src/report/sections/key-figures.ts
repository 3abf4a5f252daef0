import type { Metrics } from "../../domain/backtest/report.ts";
import type { Statistics } from "../../domain/backtest/statistics-schema.ts";
import { count, money, percent, rate, ratio } from "../../domain/format.ts";
import { METRICS, STATISTICS } from "../figures.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { table } from "../table.ts";

/** The statistics that stand beside the metrics; the others fold away. */
const FURTHER = new Set<keyof Statistics>([
  "bestDay",
  "worstDay",
  "bestMonth",
  "positiveMonths",
  "valueAtRisk",
  "expectedShortfall",
  "skewness",
  "kurtosis",
  "ulcerIndex",
  "longestDrawdownDays",
  "alpha",
  "beta",
  "expectancy",
  "sqn",
]);

const KEYS = Object.keys(METRICS) as (keyof Metrics)[];

/** The figures that are looked at first, then all of them beside the comparisons. */
export function keyFigures(sheet: Sheet): Html {
  const { backtest, metrics, benchmark, report } = sheet;
  const { settings, finalEquity, definitions } = backtest;
  const beside = (key: "totalReturn" | "maxDrawdown" | "sharpe"): string => {
    const other = benchmark.metrics[key];
    return other === null ? "" : `${benchmark.name} ${key === "sharpe" ? ratio(other) : percent(other)}`;
  };
  const signed = (value: number | null): string => {
    if (value === null || value === 0) return "";
    return value > 0 ? "gain" : "loss";
  };
  const tiles: readonly (readonly [name: string, value: string, below: string, look?: string])[] = [
    ["Total return", percent(metrics.totalReturn), beside("totalReturn"), signed(metrics.totalReturn)],
    ["CAGR", percent(metrics.cagr), "per year"],
    ["Sharpe", ratio(metrics.sharpe), beside("sharpe")],
    ["Max drawdown", percent(metrics.maxDrawdown), beside("maxDrawdown")],
    ["Volatility", percent(metrics.volatility), "per year"],
    ["Trades", count(metrics.trades), metrics.winRate === null ? "" : `${percent(metrics.winRate)} won`],
    ["Exposure", percent(metrics.exposure), "on average"],
    ["Costs", money(metrics.costs), `${percent(metrics.costs / settings.capital)} of the capital`],
    ["Final equity", money(finalEquity), `of ${money(settings.capital)}`],
    [
      "Worst month",
      percent(backtest.statistics.worstMonth),
      `best ${percent(backtest.statistics.bestMonth)}`,
    ],
  ];
  const compared = [
    { name: backtest.strategy, metrics, absent: backtest.absent },
    benchmark,
    ...(report.market === null ? [] : [report.market]),
  ];
  const reasons = compared.flatMap((one) =>
    byReason(
      KEYS.filter((key) => one.metrics[key] === null).map((key) => [METRICS[key][0], one.absent[key]]),
    ).map(([names, reason]) => `${names} of ${one.name}: ${reason}`),
  );
  const unknown = byReason(
    STATISTICS.filter(({ key }) => backtest.statistics[key] === null).map(({ key, name }) => [
      name,
      backtest.absent[key],
    ]),
  ).map(([names, reason]) => `${names}: ${reason}`);
  return html`<dl class="tiles">
      ${tiles.map(
        ([name, value, below, look = ""]) =>
          html`<div>
            <dt>${name}</dt>
            <dd class="${look}">${value}${below === "" ? null : html`<small>${below}</small>`}</dd>
          </div>`,
      )}
    </dl>
    <div class="pair">
      <div>
        ${table({
          caption: "Beside the comparisons",
          columns: [{ name: "Figure" }, ...compared.map(({ name }) => ({ name, numeric: true }))],
          rows: KEYS.map((key) => [
            METRICS[key][0],
            ...compared.map((one) => written(one.metrics[key], METRICS[key][1])),
          ]),
          note: `${definitions.periodsPerYear} periods a year, ${definitions.deviation} standard deviation, risk-free rate ${rate(definitions.riskFreeRate)}.`,
        })}${list(reasons)}
      </div>
      <div>
        ${table({
          caption: "Further figures",
          columns: [{ name: "Figure" }, { name: backtest.strategy, numeric: true }],
          rows: STATISTICS.filter(({ key }) => FURTHER.has(key)).map(({ key, name, show }) => [
            name,
            written(backtest.statistics[key], show),
          ]),
          note: `One day, ${percent(definitions.confidence, 0)}; alpha and beta against ${definitions.market}.`,
        })}
      </div>
    </div>
    <details>
      <summary>All statistics with their definitions</summary>
      ${table({
        caption: `Statistics; market figures refer to ${definitions.market}`,
        columns: [
          { name: "Statistic" },
          { name: "Value", numeric: true },
          { name: "Definition", prose: true },
        ],
        rows: STATISTICS.map(({ key, name, definition, show }) => [
          name,
          written(backtest.statistics[key], show),
          definition,
        ]),
      })}${list(unknown)}
    </details>`;
}

function written(value: number | null, show: (value: number) => string): string {
  return value === null ? "n/a" : show(value);
}

function list(reasons: readonly string[]): Html | null {
  return reasons.length === 0
    ? null
    : html`<ul class="note">
        ${reasons.map((reason) => html`<li>${reason}</li>`)}
      </ul>`;
}

/** `Sharpe, Sortino`: why, once per reason. */
function byReason(
  absent: readonly (readonly [name: string, reason: string | undefined])[],
): [string, string][] {
  const groups = Map.groupBy(absent, ([, reason]) => reason ?? "No reason was given.");
  return [...groups].map(([reason, names]) => [names.map(([name]) => name).join(", "), reason]);
}
