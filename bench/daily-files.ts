import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../src/domain/market/column.ts";
import { xnys } from "../src/domain/market/xnys.ts";
import { walkBars } from "./market.ts";

/** One CSV file per symbol with the New York days before 2025-08-16. Simulated. */
export function dailyFiles(folder: string, symbols: number, days: number): void {
  const dates = xnys
    .sessions("1990-01-02", "2025-08-15")
    .slice(-days)
    .map((session) => session.date);
  for (let s = 0; s < symbols; s += 1) {
    const name = `S${String(s).padStart(4, "0")}`;
    const { open, high, low, close, volume } = walkBars(name, days, 1);
    const lines = dates.map((date, i) =>
      [
        date,
        ...[open, high, low, close].map((column) => at(column, i).toFixed(4)),
        at(volume, i).toFixed(0),
      ].join(","),
    );
    writeFileSync(join(folder, `${name}.csv`), ["Date,Open,High,Low,Close,Volume", ...lines, ""].join("\n"));
  }
}
