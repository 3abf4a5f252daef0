import * as fc from "fast-check";
import type { OrderTerms } from "../../src/domain/backtest/order.ts";
import type { BacktestSettings } from "../../src/domain/backtest/settings.ts";
import { evenly } from "./random-market.ts";
import type { Rule } from "./reference-engine/reference-run.ts";

/** What a rule does at one bar. */
export interface Planned {
  readonly bar: number;
  readonly symbol: number;
  /** Of the capital; negative to sell. */
  readonly part: number;
  /** Prices as multiples of the close at which the order is placed. */
  readonly terms: OrderTerms;
  readonly cancelAfter: number;
  /** A weight in place of an order. */
  readonly weight: number | null;
  /** Not where an order of that symbol waits. */
  readonly alone: boolean;
}

const near = evenly(0.85, 1.15);
const exits = {
  stopLoss: evenly(0.8, 1),
  takeProfit: evenly(1.01, 1.25),
};
const day = fc.boolean();
const terms: fc.Arbitrary<OrderTerms> = fc.oneof(
  fc.record({ day }),
  fc.record({ limit: near, day }),
  fc.record({ stop: near, day }),
  fc.record({ stop: near, limit: near, day }),
  fc.record({ trail: evenly(0.01, 0.2), day }),
  fc.record(exits),
  fc.record({ ...exits, limit: near, day }),
  fc.record({ ...exits, stop: near, day }),
  fc.record({ ...exits, stop: near, limit: near }),
);

export const anyPlan: fc.Arbitrary<Planned[]> = fc.array(
  fc.record({
    bar: fc.nat(15),
    symbol: fc.nat(3),
    part: evenly(0.02, 0.8).chain((part) => fc.constantFrom(part, -part)),
    terms,
    cancelAfter: fc.integer({ min: 1, max: 12 }),
    weight: fc.oneof({ weight: 6, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: evenly(-0.5, 1) }),
    alone: fc.boolean(),
  }),
  { maxLength: 15, size: "max" },
);

/** A rule that places the orders at prices around the close and cancels them some bars later. */
export function ruleOf(plan: readonly Planned[], { capital, wholeShares }: BacktestSettings): Rule {
  return (desk) => {
    for (const [i, one] of plan.entries()) {
      const symbol = desk.symbols[one.symbol % desk.symbols.length] ?? "";
      const close = desk.price(symbol);
      if (desk.bar === one.bar + one.cancelAfter) desk.cancel(Number(desk.notes.get(`order ${i}`) ?? NaN));
      if (desk.bar !== one.bar || !(close > 0)) continue;
      if (one.alone && desk.orders.some((order) => order.symbol === symbol)) continue;
      if (one.weight !== null) {
        desk.weight(symbol, one.weight);
        continue;
      }
      const size = (Math.abs(one.part) * capital) / close;
      const shares = wholeShares ? Math.floor(size) : size;
      if (shares === 0) continue;
      const given = around(close, one.part < 0, one.terms);
      desk.notes.set(
        `order ${i}`,
        one.part < 0 ? desk.sell(symbol, shares, given) : desk.buy(symbol, shares, given),
      );
    }
  };
}

/** The terms at a close; exits of a short lie on the other side of it. */
function around(close: number, short: boolean, { trail, day, ...prices }: OrderTerms): OrderTerms {
  const scaled = Object.entries(prices).map(([name, level]: [string, number]) => {
    const exit = name === "stopLoss" || name === "takeProfit";
    return [name, close * (exit && short ? 2 - level : level)] as const;
  });
  return {
    ...Object.fromEntries(scaled),
    ...(trail === undefined ? {} : { trail }),
    ...(day === undefined ? {} : { day }),
  };
}
