import { FinAgentError } from "../domain/errors.ts";
import { calendarOf } from "../domain/market/calendars.ts";
import { at } from "../domain/market/column.ts";
import type { DataReport, DataSet } from "../domain/market/data-set.ts";
import type { Step } from "../domain/run/step.ts";
import { fetchMarketDataTool, summariseData } from "./fetch-market-data.ts";
import { startStep } from "./start-step.ts";
import type { ToolContext } from "./tool.ts";

export interface History {
  readonly symbols: readonly string[];
  /** YYYY-MM-DD; default: the day of the earliest bar of any of the symbols. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface Fetched {
  readonly data: DataReport;
  readonly dataSet: DataSet;
  readonly step: Step;
}

/** The first step of whatever tests strategies: the window that was asked for, by default all that there is. */
export async function fetchHistory(ctx: ToolContext, { symbols, from, to }: History): Promise<Fetched> {
  const finish = startStep(ctx, "data", fetchMarketDataTool.name, symbols.join(", "));
  const data = await fetchMarketDataTool.run(ctx, {
    symbols: [...symbols],
    from: from ?? (await firstDay(ctx, symbols)),
    ...(to === undefined ? {} : { to }),
  });
  const step = finish({ by: null, summary: summariseData(data) });
  return { data, dataSet: await ctx.artifacts.get("data-set", data.dataSetId), step };
}

async function firstDay(ctx: ToolContext, symbols: readonly string[]): Promise<string> {
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
