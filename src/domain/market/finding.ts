import { z } from "zod";

export const FINDING_KINDS = [
  "duplicate-bar",
  "conflicting-bar",
  "missing-bar",
  "unsorted-rows",
  "not-a-number",
  "non-positive-price",
  "high-below-low",
  "price-outside-range",
  "negative-volume",
  "zero-volume",
  "split-jump",
  "stale-series",
  "not-a-session",
  "symbol-change",
  "starts-late",
  "layout",
] as const;

/** One thing that a data check found, with the place where it stands. */
export const findingSchema = z.object({
  kind: z.enum(FINDING_KINDS),
  /** `error`: the series is refused. `repaired`: by the rule in `message`. `note`: kept as it is. */
  severity: z.enum(["error", "repaired", "note"]),
  symbol: z.string(),
  file: z.string().nullable(),
  /** First line it concerns, counting from 1 with the header. */
  line: z.number().int().nullable(),
  date: z.string().nullable(),
  /** How many places it concerns where equal findings are summed up. */
  count: z.number().int().positive(),
  message: z.string(),
});

export type Finding = z.output<typeof findingSchema>;
