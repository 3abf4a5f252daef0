import { barTime, count, counted } from "../../domain/format.ts";
import { html, type Html } from "../html.ts";
import { plain, settingRows } from "../setting-rows.ts";
import type { Sheet } from "../sheet.ts";
import { table } from "../table.ts";
import { words } from "../words.ts";

/** With what it was made, so that it can be made again. */
export function provenance({ report, backtest, interval }: Sheet): Html {
  const { data, prompts, decisions } = report;
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
        ...(decided.length === 0
          ? []
          : ([
              ["Model", report.model],
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
