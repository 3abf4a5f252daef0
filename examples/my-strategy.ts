/**
 * A strategy of your own, in ten lines: long while the close is above its moving average.
 *
 *     npx node src/cli/main.ts backtest --strategy examples/my-strategy.ts --param period=100 --symbols AAPL
 *
 * The loader reads the default export. In a folder of your own the import is `finagent`, wherever FinAgent is installed. How
 * to weigh symbols against each other, and how to place orders: docs/strategies.md.
 */
import { z } from "zod";
import { defineStrategy, signalOf } from "../src/index.ts";

export default defineStrategy({
  name: "above-average",
  description: "Long while the close is above its moving average, else in cash",
  params: z.strictObject({ period: z.int().min(2).max(1000).default(200).describe("Bars of the average") }),
  signal({ close, length }, { period }, { sma }) {
    const average = sma(close, period);
    return signalOf(length, (bar) => ((close[bar] ?? NaN) > (average[bar] ?? NaN) ? 1 : 0));
  },
});
