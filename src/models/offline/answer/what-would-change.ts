import { decimal, inline, percent } from "../format.ts";
import { bullets, section } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import type { TaskState } from "../plan/progress.ts";

/** What would change the conclusion: the portfolio agent's own list, the bars of the policies, open conditions. */
export function whatWouldChange({ alpha, risk, portfolio }: Results, states: readonly TaskState[]): string {
  const lines = (portfolio?.wouldChange ?? []).map(inline);
  const open = states.filter((state) => state.status === "skipped" && state.task.conditions.length > 0);
  if (open.length > 0) {
    const tasks = open.map(({ task }) => `"${task.id}"`).join(" and ");
    lines.push(`The condition of the skipped ${open.length > 1 ? "tasks" : "task"} ${tasks}, once it holds`);
  }
  if (portfolio === undefined) {
    const bar = alpha?.policy?.threshold;
    if (bar !== undefined)
      lines.push(`The signal: a score that crosses ${decimal(bar)} in size, or changes its sign`);
    const { moderateFrom, highFrom } = risk?.policy ?? {};
    const level = risk?.level === "LOW" ? "MODERATE" : "HIGH";
    const next = risk?.level === "LOW" ? moderateFrom : highFrom;
    if (risk?.level !== undefined && risk.level !== "HIGH" && next !== undefined) {
      lines.push(
        `The risk level: ${level} from a volatility of ${percent(next.volatility)}, a VaR of ${percent(next.valueAtRisk)} or a drawdown of ${percent(next.drawdown)}`,
      );
    } else if (risk?.level === "HIGH" && highFrom !== undefined) {
      lines.push(
        `The risk level: no longer HIGH below a volatility of ${percent(highFrom.volatility)}, a VaR of ${percent(highFrom.valueAtRisk)} and a drawdown of ${percent(highFrom.drawdown)}`,
      );
    }
  }
  return section("What would change this", [bullets(lines)]);
}
