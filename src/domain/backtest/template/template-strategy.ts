import type { z } from "zod";
import { describeIssue } from "../../describe-issue.ts";
import { FinAgentError } from "../../errors.ts";
import { innermostIssues } from "../../innermost-issues.ts";
import { SignalWriter } from "../strategies/signal-writer.ts";
import type { SignalStrategy } from "../strategy.ts";
import { type Condition, TRUE, truths } from "./condition.ts";
import { OperandColumns } from "./operand-columns.ts";
import { macdValueProblems } from "./macd-periods.ts";
import { valuesSchema } from "./parameter.ts";
import { place } from "./place.ts";
import { templateSchema } from "./template.ts";

/**
 * The strategy that a template describes. At each bar: out where `exit` holds; else long where `long` holds, short
 * where `short` does; else as before, or out where the template has no `exit`. What is unknown, as an average is before
 * its first value, does not hold.
 *
 * @throws FinAgentError BAD_STRATEGY listing what is wrong, by path
 */
export function templateStrategy(template: unknown): SignalStrategy {
  const parsed = templateSchema.safeParse(template);
  if (!parsed.success) throw badTemplate(parsed.error);
  const { name, description, parameters, long, short, exit } = parsed.data;
  return {
    name,
    description,
    params: valuesSchema(parameters, (values) => macdValueProblems({ long, short, exit }, values)),
    signal(bars, values, indicators) {
      const columns = new OperandColumns(bars, values, indicators);
      const holds = (condition: Condition | undefined): Uint8Array | null =>
        condition === undefined ? null : truths(condition, columns, bars.length);
      const rules = { long: holds(long), short: holds(short), exit: holds(exit) };
      const writer = new SignalWriter();
      let side = 0;
      for (let bar = 0; bar < bars.length; bar += 1) {
        if (rules.exit?.[bar] === TRUE) side = 0;
        else if (rules.long?.[bar] === TRUE) side = 1;
        else if (rules.short?.[bar] === TRUE) side = -1;
        else if (rules.exit === null) side = 0;
        writer.write(bar, side);
      }
      return writer.done();
    },
  };
}

function badTemplate(error: z.ZodError): FinAgentError {
  const problems = error.issues
    .flatMap(innermostIssues)
    .map((issue) => `${place(issue.path)}: ${describeIssue(issue)}`);
  return new FinAgentError("BAD_STRATEGY", problems[0] ?? "The template does not fit.", {
    hint: "docs/strategies.md says what a template may hold.",
    details: { fields: problems },
  });
}
