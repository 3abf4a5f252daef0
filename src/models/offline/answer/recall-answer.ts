import { recallReportSchema } from "../../../domain/memory/recall-report.ts";
import { change, day, inline, percent, signed } from "../format.ts";
import { document, table } from "../markdown.ts";
import { lenient } from "../plan/lenient.ts";
import type { Outcome } from "../tool-outcome.ts";
import { SIGNATURE } from "./closing.ts";
import { errorText, failureHeadline } from "./failure.ts";

const schema = lenient(recallReportSchema);

/** What earlier runs decided and how it turned out, a row each. */
export function recallAnswer(symbols: readonly string[], outcome: Outcome): string {
  if (!outcome.ok) return document([failureHeadline(outcome.error), errorText(outcome.error), SIGNATURE]);
  const { decisions = [], simulated, asOf, source = "", unreadable = 0 } = schema.parse(outcome.value);
  const named = inline(symbols.join(", "));
  const rows = decisions.map((one) => [
    day(one.decidedAt),
    inline(one.symbol ?? ""),
    inline(one.direction ?? "n/a"),
    signed(one.score),
    inline(one.level ?? "n/a"),
    percent(one.weight),
    change(one.outcome?.return),
    day(one.outcome?.knownAt),
  ]);
  const open = [
    ...new Set(decisions.flatMap(({ absent }) => (typeof absent === "string" ? [inline(absent)] : []))),
  ];
  return document([
    rows.length === 0 ? `# No earlier decision on ${named}` : `# What was decided on ${named} before`,
    simulated === true && rows.length > 0
      ? "**SIMULATED data:** these decisions were made on a simulated market."
      : undefined,
    rows.length === 0
      ? `Memory holds no decision on ${named} that was made on ${inline(source)} by ${day(asOf)}.`
      : undefined,
    table(
      [
        "Decided at the close of",
        "Symbol",
        "Signal",
        "Score",
        "Risk level",
        "Weight",
        "Return since",
        "Known on",
      ],
      rows,
    ),
    rows.length === 0
      ? undefined
      : 'The return is that of the symbol over the bars after the decision; the risk level is that of the whole book. "n/a" stands where that agent was not asked, or the outcome is not known.',
    open.length === 0 ? undefined : `Outcomes that are open: ${open.join(" ")}`,
    unreadable > 0 ? `Entries that are damaged and were passed over: ${unreadable}.` : undefined,
    SIGNATURE,
  ]);
}
