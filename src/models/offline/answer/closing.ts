import { DEFAULT_WORDS } from "../request/relative-period.ts";
import { inline, money } from "../format.ts";
import { bullets, section } from "../markdown.ts";
import type { Results } from "../plan/results.ts";
import { DEFAULT_CAPITAL } from "../plan/task.ts";
import type { Request } from "../request/request.ts";

/** Stands at the end of every answer. */
export const SIGNATURE = "_Written by FinAgent's built-in offline model (rules, no language model)._";

/** What the request left open and how it was read. */
export function assumptionsSection(request: Request, results: Results): string {
  const { data, portfolio, backtest } = results;
  const lines = [
    ...(request.period === undefined && data !== undefined
      ? [`No period was named, so the last ${DEFAULT_WORDS} were taken.`]
      : []),
    ...(request.capital === undefined && (portfolio !== undefined || backtest !== undefined)
      ? [`No capital was named, so ${money(DEFAULT_CAPITAL)} was taken.`]
      : []),
    ...request.assumptions.map(inline),
  ];
  return section("Assumptions", [bullets(lines)]);
}

/** Who decided what, and the signature. */
export function closing({ alpha, risk, portfolio, backtest }: Results): string {
  const by = [
    ["alpha", alpha?.by],
    ["risk", risk?.by],
    ["portfolio", portfolio?.by],
    ["backtest", backtest?.by],
  ] as const;
  const decided = by.flatMap(([agent, who]) => (who === undefined ? [] : [{ agent, who }]));
  const agentsBy = [...Map.groupBy(decided, ({ who }) => who)].map(
    ([who, group]) => `${group.map(({ agent }) => agent).join(", ")} by ${who}`,
  );
  return agentsBy.length === 0 ? SIGNATURE : `Decided: ${agentsBy.join("; ")}.\n\n${SIGNATURE}`;
}
