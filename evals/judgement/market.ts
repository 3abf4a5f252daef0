import type { DailyRow } from "../../src/domain/market/daily-series.ts";
import type { MarketData } from "../../src/domain/ports.ts";
import { readShared } from "../../tests/support/shared-data.ts";
import { readTable } from "../support/read-table.ts";
import { realRows } from "../support/real-data.ts";
import { rowsMarket } from "../support/rows-market.ts";
import type { JudgementCase } from "./cases.ts";

type RealMarket = Exclude<JudgementCase["market"], "simulated">;

const read = new Map<RealMarket, MarketData>();

/** Real prices of a case, adjusted for splits and dividends. Files are read once. */
export function realMarket(name: RealMarket): MarketData {
  const held = read.get(name) ?? readMarket(name);
  read.set(name, held);
  return held;
}

function readMarket(market: RealMarket): MarketData {
  switch (market) {
    case "spy":
      return rowsMarket("S&P 500 fund 1993-2020", new Map([["SPY", realRows("SPY-1993-2020.csv")]]));
    case "crash":
      return rowsMarket(
        "shares 2019-2020",
        new Map([
          ["AAPL", realRows("crash-2019-2020", "apple.csv")],
          ["AMZN", realRows("crash-2019-2020", "amazon.csv")],
          ["GOOG", realRows("crash-2019-2020", "google.csv")],
        ]),
      );
    case "bear":
      return rowsMarket(
        "shares 2022-2024",
        new Map(
          ["AAPL", "MSFT", "GOOGL", "NVDA"].map((symbol) => [symbol, realRows("daily-raw", `${symbol}.csv`)]),
        ),
      );
    case "calm-2021":
      return rowsMarket("closes 2015-2022", closesOnly());
  }
}

/** A table with a column of closes for each symbol. */
function closesOnly(): Map<string, readonly DailyRow[]> {
  const rows = readTable(readShared("market", "sp500-20stocks-close", "sp500_dataset_2015_2022.csv"));
  const symbols = Object.keys(rows[0] ?? {}).filter((name) => name !== "date");
  return new Map(
    symbols.map((name) => [
      name.toUpperCase(),
      rows.map((row) => {
        const close = Number(row[name]);
        return { date: row["date"] ?? "", open: close, high: close, low: close, close };
      }),
    ]),
  );
}
