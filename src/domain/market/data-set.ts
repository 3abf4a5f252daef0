import { z } from "zod";
import type { Finding } from "./finding.ts";
import type { Bars } from "./bars.ts";
import type { Panel } from "./panel.ts";
import { findingSchema } from "./finding.ts";

/** Bars of one request, held in the artifact store under `id`; everything else refers to it by that id. */
export interface DataSet {
  /** Content hash over source and bars. */
  readonly id: string;
  /** `csv:DIR`, `simulated`, … */
  readonly source: string;
  readonly simulated: boolean;
  readonly panel: Panel;
  /** The source's index over the same time, where it has one. */
  readonly benchmark: Bars | null;
  /**
   * The window that was asked for, epoch milliseconds. Bars before `from` are history for look-backs; nothing that
   * closes after `to` is in it.
   */
  readonly from: number;
  readonly to: number;
  readonly findings: readonly Finding[];
}

/** The data agent's report: what was fetched, never the bars themselves. */
export const dataReportSchema = z.object({
  dataSetId: z.string(),
  source: z.string(),
  simulated: z.boolean(),
  symbols: z.array(z.string()),
  benchmark: z.string().nullable().describe("Index in the source that relative figures refer to"),
  interval: z.string(),
  calendar: z.string(),
  adjustment: z.string(),
  from: z.string().describe("First bar of the window, ISO 8601"),
  to: z.string().describe("Last bar of the window, ISO 8601"),
  asOf: z.string().describe("Nothing that became known later was looked at"),
  rows: z.number().int().describe("Bars per symbol in the window"),
  historyRows: z.number().int().describe("Further bars before the window, for look-backs"),
  prices: z.array(
    z.object({
      symbol: z.string(),
      name: z.string().nullable(),
      bars: z.number().int(),
      first: z.number().describe("Close of the first bar in the window; before a window of one bar"),
      last: z.number().describe("Close of the last bar in the window"),
      change: z.number().describe("last / first - 1"),
      high: z.number(),
      low: z.number(),
      volatility: z.number().nullable().default(null).describe("Annualised, of the window"),
      maxDrawdown: z.number().nullable().default(null).describe("Of the closes in the window; negative"),
    }),
  ),
  findings: z.array(findingSchema),
  hash: z.string(),
});

export type DataReport = z.output<typeof dataReportSchema>;
