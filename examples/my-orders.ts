/**
 * A strategy of your own that places orders: it buys a breakout with a stop order, guards the purchase with a bracket,
 * and follows what it holds with a trailing stop.
 *
 *     npx node src/cli/main.ts backtest --strategy examples/my-orders.ts --param channel=50 --symbols AAPL
 *
 * `onBar` is asked at every close and sees the bars up to it, so it cannot look ahead. What the engine does with orders
 * inside a bar: docs/backtest.md.
 */
import { z } from "zod";
import { defineStrategy } from "../src/index.ts";

export default defineStrategy({
  name: "trailed-breakout",
  description: "Buys above the highest high of some bars and leaves by a trailing stop",
  params: z.strictObject({
    channel: z.int().min(2).max(1000).default(50).describe("Bars of the highest high"),
    trail: z
      .number()
      .min(0.005)
      .max(0.9)
      .default(0.1)
      .describe("Distance of the stop, a fraction of the price"),
  }),
  onBar(desk, { channel, trail }) {
    for (const symbol of desk.symbols) {
      const held = desk.shares(symbol);
      const waiting = desk.orders.filter((order) => order.symbol === symbol);
      if (held > 0 && waiting.some(({ kind }) => kind === "trailing-stop")) continue;
      if (held > 0) {
        for (const { id } of waiting) desk.cancel(id);
        // The bracket guarded the bar of the purchase; from here on the stop follows the price.
        desk.sell(symbol, held, { trail });
        continue;
      }
      const { high, length } = desk.view.bars(symbol);
      if (length < channel) continue;
      const stop = Math.max(...high.subarray(length - channel));
      // An order that still says the same stays: what is placed anew would wait for its latency again.
      if (waiting.some((order) => order.stop === stop)) continue;
      for (const { id } of waiting) desk.cancel(id);
      // What is left over pays the costs, and an open above the stop.
      const shares = (0.98 * desk.equity) / desk.symbols.length / stop;
      desk.buy(symbol, shares, { stop, stopLoss: stop * (1 - trail) });
    }
  },
});
