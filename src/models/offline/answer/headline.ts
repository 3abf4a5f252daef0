import { change, count, inline, percent, signed } from "../format.ts";
import type { Results } from "../plan/results.ts";
import type { TaskState } from "../plan/progress.ts";
import { inSentence, neverTraded, strategyName } from "./backtest-section.ts";
import { MANY_SYMBOLS } from "./data-section.ts";
import { buysNoShare, holdsNothing } from "./portfolio-section.ts";

/** The conclusion in one line. */
export function headline(results: Results, states: readonly TaskState[]): string {
  const { data, alpha, risk, portfolio, backtest } = results;
  const symbols = inline((data?.symbols ?? []).join(", "));
  const parts: string[] = [];
  const signals = alpha?.signals ?? [];
  const [first] = signals;
  if (signals.length === 1 && first !== undefined) {
    parts.push(`${first.direction ?? "unclear"} signal (${signed(first.score)})`);
  } else if (signals.length > 1) {
    const [best] = signals.toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0));
    if (best?.symbol !== undefined) {
      const of = `${inline(best.symbol)} (${signed(best.score)})`;
      parts.push(best.direction === "long" ? `strongest signal ${of}` : `no long signal, the best is ${of}`);
    }
  }
  if (risk?.level !== undefined) parts.push(`${risk.level} risk`);
  if (portfolio !== undefined) {
    parts.push(
      holdsNothing(portfolio)
        ? "stay in cash"
        : buysNoShare(portfolio)
          ? "the capital does not buy one share"
          : `invest ${percent(portfolio.exposure)} and keep ${percent(portfolio.cash)} in cash`,
    );
  }
  const skipped = states.find((state) => state.status === "skipped" && state.task.id === "portfolio");
  if (skipped !== undefined) parts.push("no portfolio proposed");
  if (portfolio === undefined && backtest?.metrics !== undefined) {
    const held =
      backtest.strategy === "buy-and-hold"
        ? ""
        : `, buy and hold ${change(backtest.benchmark?.metrics?.totalReturn)}`;
    const judged = backtest.verdict?.conclusion;
    const did = neverTraded(backtest) ? "never traded" : `returned ${change(backtest.metrics.totalReturn)}`;
    parts.push(
      `${inSentence(strategyName(backtest))} ${did}${held}${judged === undefined ? "" : `; verdict: ${judged}`}`,
    );
  }
  for (const state of states) if (state.status === "failed") parts.push(`${state.task.id} not possible`);
  if (parts.length === 0) {
    const prices = data?.prices ?? [];
    parts.push(...prices.slice(0, 3).map((one) => `${inline(one.symbol ?? "")} ${change(one.change)}`));
    return `# ${parts.length === 0 ? symbols : parts.join(", ")}`;
  }
  const many = (data?.symbols ?? []).length > MANY_SYMBOLS;
  const subject = many ? `${count(data?.symbols?.length)} symbols` : symbols;
  return `# ${subject === "" ? "Result" : subject}: ${parts.join(", ")}`;
}
