import { writeUsd } from "../../domain/cost/nano-usd.ts";
import { barTime, count, counted, percent } from "../../domain/format.ts";
import { nextWords, resultWords, whereWords } from "../../domain/run/provenance-words.ts";
import { html, type Html } from "../html.ts";
import { plain, settingRows } from "../setting-rows.ts";
import type { Sheet } from "../sheet.ts";
import { table } from "../table.ts";
import { words } from "../words.ts";

/** What is left of the total return once the models are paid, where they cost anything. */
function netOfModels({ net }: Sheet["report"]): readonly (readonly [string, string])[] {
  if (net === null || net.modelCost === 0) return [];
  return [
    ["Cost of models", writeUsd(net.modelCost)],
    ["Total return less that", percent(net.totalReturn, 2)],
  ];
}

/** With what it was made, so that it can be made again. */
export function provenance({ report, backtest, interval }: Sheet): Html {
  const { data, prompts, decisions } = report;
  const [result, next] = [resultWords(report), nextWords(report)];
  const decided = Object.entries(decisions).filter(([, times]) => times > 0);
  const facts = (caption: string, rows: readonly (readonly [string, string])[]): Html =>
    html`<div class="facts">
      ${table({ caption, columns: [{ name: "What" }, { name: "Value", prose: true }], rows })}
    </div>`;
  return html`<div class="pair">
    ${facts("Settings", [
      ...Object.entries(backtest.params).map(
        ([name, value]) => [`Parameter ${words(name).toLowerCase()}`, plain(value)] as const,
      ),
      ...settingRows(backtest.settings),
    ])}
    <div>
      ${
        data === null
          ? null
          : facts("Data", [
              ["Source", data.source],
              ["Prices are", data.simulated ? "simulated" : "as the source has them"],
              ["Adjusted for", data.adjustment],
              [
                "Bars",
                `${counted(data.rows, "row")} of ${data.interval}, ${counted(data.historyRows, "row")} before for look-backs`,
              ],
              ["First", barTime(data.from, interval)],
              ["Last", barTime(data.to, interval)],
              ["Known at", data.asOf],
              ["Findings", data.findings.length === 0 ? "none" : count(data.findings.length)],
              ["Hash", data.hash],
            ])
      }
      ${facts("Run", [
        ["Request", report.request],
        ["Run", report.runId],
        ["Code", `FinAgent ${report.code}`],
        ["Seed", String(report.seed)],
        [
          "Decided by",
          decided.length === 0
            ? "no agent"
            : decided.map(([by, times]) => `${by} ${count(times)}`).join(", "),
        ],
        ...(result === null ? [] : [["Result", result] as const]),
        ...whereWords(report.provenance, interval).map((where) => ["Rules stood in", where] as const),
        ...(next === null ? [] : [["Next", next] as const]),
        ...(decided.length === 0
          ? []
          : ([
              ["Model", report.model],
              ...netOfModels(report),
              [
                "Prompts",
                Object.entries(prompts)
                  .map(([agent, version]) => `${agent} ${version}`)
                  .join(", "),
              ],
            ] as const)),
      ])}
    </div>
  </div>`;
}
