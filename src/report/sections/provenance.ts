import { barTime, count, counted, money, rate } from "../../domain/format.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { table } from "../table.ts";
import { words } from "../words.ts";

/** Settings that are fractions. */
const RATES: ReadonlySet<string> = new Set([
  "commission",
  "maxParticipation",
  "borrowRate",
  "cashRate",
  "marginRate",
  "maintenanceMargin",
  "stopLoss",
  "takeProfit",
  "trailingStop",
  "riskFreeRate",
]);

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
      ...Object.entries(backtest.settings).map(
        ([name, value]) =>
          [words(name), RATES.has(name) && typeof value === "number" ? rate(value) : plain(value)] as const,
      ),
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

/** A setting as it was given. */
function plain(value: unknown): string {
  if (value === null) return "off";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (typeof value === "number") return Math.abs(value) >= 1000 ? money(value) : String(value);
  if (Array.isArray(value) && value.length === 0) return "none";
  return JSON.stringify(value);
}
