import { z } from "zod";
import { describeIssue } from "../describe-issue.ts";
import { FinAgentError } from "../errors.ts";
import type { Calendar } from "./calendar.ts";
import { localDateSchema, minusDays, minusMonths } from "./local-date.ts";

/** Where a request gives no beginning, its window is this long. */
export const DEFAULT_MONTHS = 12;

/** The part of a request that says which time it is about. Dates are trading dates at the exchange, inclusive. */
export const windowSchema = z.strictObject({
  from: localDateSchema.optional().describe("First date, YYYY-MM-DD"),
  to: localDateSchema.optional().describe("Last date, YYYY-MM-DD; without it the as-of date"),
  lastMonths: z
    .number()
    .int()
    .min(1)
    .max(1200)
    .optional()
    .describe(`Instead of from: this many months back from the end; without either ${DEFAULT_MONTHS}`),
  lastDays: z
    .number()
    .int()
    .min(1)
    .max(36_600)
    .optional()
    .describe("Instead of from: this many calendar days"),
});

export type WindowRequest = z.output<typeof windowSchema>;

export interface TimeWindow {
  /** Dates of the first and the last session in it. */
  readonly fromDate: string;
  readonly toDate: string;
  /** Open of the first session and close of the last, but never later than as-of; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/**
 * Turns a request's window into instants. `asOf` (epoch milliseconds) stands for now: relative windows
 * count back from its date at the exchange, and nothing later can be asked for. The window begins with the
 * first session on or after its first date and ends with the last one that opened before `asOf`.
 * @throws FinAgentError BAD_ARGUMENT (a malformed field, or fields that contradict each other),
 *   FUTURE_DATE (a date after as-of), EMPTY_WINDOW (no session)
 */
export function resolveWindow(request: WindowRequest, asOf: number, calendar: Calendar): TimeWindow {
  const { from, to, lastMonths, lastDays } = wellFormed(request);
  // An instant at midnight is the end of the day before: what closes then belongs to that day.
  const today = calendar.dateOf(asOf - 1);
  const beginnings = Object.entries({ from, lastMonths, lastDays }).filter(
    ([, value]) => value !== undefined,
  );
  if (beginnings.length > 1) {
    const fields = beginnings.map(([field]) => field);
    throw new FinAgentError("BAD_ARGUMENT", `The window has several beginnings: ${fields.join(", ")}.`, {
      hint: "Give one of from, lastMonths and lastDays.",
      details: { fields },
    });
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new FinAgentError("BAD_ARGUMENT", `The window begins on ${from}, after its end on ${to}.`, {
      hint: "Exchange from and to.",
      details: { field: "from", from, to },
    });
  }
  for (const [field, date] of Object.entries({ from, to })) {
    if (date === undefined || date <= today) continue;
    throw new FinAgentError(
      "FUTURE_DATE",
      `${field} ${date} is after ${today}, the last day that is known.`,
      {
        hint: `Choose a date up to ${today}: the day of --as-of, or where none was given the last one of the data.`,
        details: { field, date, asOf: today },
      },
    );
  }

  const end = to ?? today;
  const begin =
    from ??
    (lastDays === undefined ? minusMonths(end, lastMonths ?? DEFAULT_MONTHS) : minusDays(end, lastDays));
  const scheduled = calendar.sessions(begin, end);
  const sessions = scheduled.filter((session) => session.open < asOf);
  const first = sessions[0];
  const last = sessions.at(-1);
  if (first === undefined || last === undefined) {
    const has = scheduled.length === 0 ? "has no trading day" : "has not opened yet on any day";
    throw new FinAgentError("EMPTY_WINDOW", `The exchange (${calendar.id}) ${has} from ${begin} to ${end}.`, {
      hint: "Choose a longer window: weekends and holidays have no prices.",
      details: { from: begin, to: end, calendar: calendar.id },
    });
  }
  return { fromDate: first.date, toDate: last.date, from: first.open, to: Math.min(last.close, asOf) };
}

/** Dates may come as a person typed them, so they are checked here whatever the types say. */
function wellFormed(request: WindowRequest): WindowRequest {
  const parsed = windowSchema.strip().safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0]);
  const value = JSON.stringify(Object.entries(request).find(([key]) => key === field)?.[1] ?? null);
  const isDate = field === "from" || field === "to";
  const why = isDate || issue === undefined ? "is not a date" : describeIssue(issue);
  throw new FinAgentError("BAD_ARGUMENT", `${field}: ${value} ${why}.`, {
    hint: isDate ? "Write a date that exists as YYYY-MM-DD." : "Give a whole number of at least 1.",
    details: { field, value },
  });
}
