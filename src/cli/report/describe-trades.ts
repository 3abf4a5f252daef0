import type { Trade } from "../../domain/backtest/report.ts";
import type { RunReport } from "../../domain/run/report.ts";
import { barTime, counted, money, percent, shares } from "../format.ts";
import type { Block } from "../markdown/block.ts";
import { cell, heading, table } from "../markdown/compose.ts";
import type { Line } from "../terminal/span.ts";
import { bothEnds } from "./both-ends.ts";

/** The first and the last trades and how many lie between; all of them are in the JSON. */
export function describeTrades({ tradeList, data }: RunReport): Block[] {
  if (tradeList.length === 0) return [];
  const interval = data?.interval ?? "1d";
  const row = (trade: Trade): Line[] => [
    cell(trade.symbol),
    cell(shares(trade.shares)),
    cell(barTime(trade.entryTime, interval)),
    cell(money(trade.entryPrice)),
    trade.open ? cell("still held", "dim") : cell(barTime(trade.exitTime, interval)),
    cell(money(trade.exitPrice)),
    cell(money(trade.profit), ...(trade.profit < 0 ? (["red"] as const) : [])),
    cell(percent(trade.return)),
  ];
  const rows = bothEnds(tradeList, row, (hidden) => [cell("…", "dim"), [], cell(`${hidden} more`, "dim")]);
  return [
    heading(counted(tradeList.length, "trade")),
    table(
      [
        ["Symbol", "left"],
        ["Shares", "right"],
        ["Entry", "left"],
        ["Price", "right"],
        ["Exit", "left"],
        ["Price", "right"],
        ["Profit", "right"],
        ["Return", "right"],
      ],
      rows,
    ),
  ];
}
