import type { Trade } from "../../domain/backtest/report.ts";
import { count, counted } from "../../domain/format.ts";
import { priceChart } from "../charts/price-chart.ts";
import { figure } from "../figure.ts";
import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";

/** More marks than this are a smear. */
const MOST_MARKS = 300;

/** The trades on the price of each symbol that moved the result. */
export function trades(sheet: Sheet): Html {
  const { course, times, report, backtest } = sheet;
  if (course.prices.length === 0) return html`<p class="note">There were no trades.</p>`;
  const left = backtest.symbols.length - course.prices.length;
  const alone = course.prices.length === 1;
  const charts = course.prices.map(({ symbol, close }, i) => {
    const all = report.tradeList.filter((trade) => trade.symbol === symbol);
    const marked = largest(all);
    const won = all.filter(({ profit }) => profit > 0).length;
    return figure({
      id: `trades-${i + 1}`,
      title: symbol,
      caption: `${counted(all.length, "trade")}, ${count(won)} won${marked.length < all.length ? `; the ${count(marked.length)} that won or lost most are marked` : ""}.`,
      half: !alone,
      height: alone ? 380 : 270,
      narrowHeight: 270,
      draw: (size, id) =>
        priceChart(
          {
            id,
            title: `Trades on the price of ${symbol}`,
            description: `${counted(all.length, "trade")} of ${symbol}, ${won} of them with a profit.`,
            times,
            prices: close,
            trades: marked.map((trade) => ({
              entryTime: Date.parse(trade.entryTime),
              exitTime: Date.parse(trade.exitTime),
              entryPrice: trade.entryPrice,
              exitPrice: trade.exitPrice,
              long: trade.shares > 0,
              won: trade.profit > 0,
              open: trade.open,
            })),
          },
          size,
        ),
      tables: [],
    });
  });
  return html`<p>
      A hollow triangle is an entry, a filled one an exit; it points up where shares were bought and down
      where they were sold. <span class="gain">Green</span> trades won, <span class="loss">red</span> ones
      lost.${
        left === 0
          ? null
          : ` Of ${count(backtest.symbols.length)} symbols, those whose trades won or lost most.`
      }
      The figures are in the list of trades below.
    </p>
    ${alone ? charts : html`<div class="pair">${charts}</div>`}`;
}

function largest(trades: readonly Trade[]): readonly Trade[] {
  if (trades.length <= MOST_MARKS) return trades;
  return trades.toSorted((a, b) => Math.abs(b.profit) - Math.abs(a.profit)).slice(0, MOST_MARKS);
}
