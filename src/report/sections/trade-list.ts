import type { Trade } from "../../domain/backtest/report.ts";
import { barTime, count, money, percent, shares } from "../../domain/format.ts";
import { html, type Html, type Piece } from "../html.ts";
import type { Sheet } from "../sheet.ts";
import { table } from "../table.ts";

/** A longer list is not read on a page. */
const MOST_TRADES = 200;

/** Every trade, or of many the first and the last. */
export function tradeList({ report, interval }: Sheet): Html {
  const all = report.tradeList;
  if (all.length === 0) return html`<p class="note">There were no trades.</p>`;
  const half = MOST_TRADES / 2;
  const shown = all.length <= MOST_TRADES ? all : [...all.slice(0, half), ...all.slice(-half)];
  const row = (trade: Trade): Piece[] => [
    trade.symbol,
    trade.shares > 0 ? "long" : "short",
    shares(Math.abs(trade.shares)),
    barTime(trade.entryTime, interval),
    money(trade.entryPrice),
    trade.open ? "still held" : barTime(trade.exitTime, interval),
    money(trade.exitPrice),
    html`<span class="${trade.profit < 0 ? "loss" : "gain"}">${money(trade.profit)}</span>`,
    percent(trade.return, 2),
  ];
  const listed = table({
    caption: "Trades",
    columns: [
      { name: "Symbol" },
      { name: "Side" },
      { name: "Shares", numeric: true },
      { name: "Entry" },
      { name: "at", numeric: true },
      { name: "Exit" },
      { name: "at", numeric: true },
      { name: "Profit", numeric: true },
      { name: "Return", numeric: true },
    ],
    rows: shown.map(row),
    ...(shown.length < all.length
      ? {
          note: `The first ${half} and the last ${half} of ${count(all.length)} trades; all of them are in the JSON report (tradeList).`,
        }
      : {}),
  });
  return shown.length <= 20
    ? listed
    : html`<details>
        <summary>
          ${count(shown.length)} ${shown.length < all.length ? `of ${count(all.length)} ` : null}trades
        </summary>
        ${listed}
      </details>`;
}
