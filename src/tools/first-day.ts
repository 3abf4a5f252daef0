import { FinAgentError } from "../domain/errors.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at } from "../domain/market/column.ts";
import type { ToolContext } from "./tool.ts";

/** The trading date of the earliest bar of any of the symbols. */
export async function firstDay(ctx: ToolContext, symbols: readonly string[]): Promise<string> {
  const days: string[] = [];
  for (const symbol of symbols) {
    const { bars } = await ctx.market.series(symbol, ctx.asOf ?? ctx.clock.now());
    if (bars.length > 0) days.push(calendarOf(bars.calendar).dateOf(at(bars.time, 0)));
  }
  const [first] = days.sort();
  if (first !== undefined) return first;
  throw new FinAgentError("EMPTY_WINDOW", `${symbols.join(", ")}: no bars are known by then.`, {
    hint: "Choose a later as-of day.",
  });
}
