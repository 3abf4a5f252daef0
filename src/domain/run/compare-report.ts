import { z } from "zod";
import { comparisonSchema } from "../backtest/comparison/report.ts";
import { backtestSettingsSchema } from "../backtest/settings.ts";
import { dataReportSchema } from "../market/data-set.ts";
import { provenanceFieldsSchema } from "./provenance-fields.ts";

/** What a comparison of two strategies returns on every surface. */
export const compareReportSchema = z.object({
  ...provenanceFieldsSchema.shape,
  data: dataReportSchema,
  settings: backtestSettingsSchema,
  ...comparisonSchema.shape,
  flags: z.array(z.string()).describe("What a reader must know"),
});

export type CompareReport = z.output<typeof compareReportSchema>;
