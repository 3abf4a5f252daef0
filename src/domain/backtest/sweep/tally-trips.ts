import type { SignalLedger } from "../signal-ledger.ts";
import type { Tally } from "./tally.ts";

/** Counts the round trips in a ledger and what they won and lost (see RoundTrips), and its turnover. */
export function tallyTrips(
  { length, bought, price, commission, shares, turnover }: SignalLedger,
  tally: Tally,
): void {
  let held = 0;
  let moneyIn = 0;
  let moneyOut = 0;
  let fees = 0;
  let closed = 0;
  let won = 0;
  let gained = 0;
  let lost = 0;
  let traded = 0;
  for (let i = 0; i < length; i += 1) {
    const target = shares[i] ?? NaN;
    const paid = price[i] ?? NaN;
    const fee = commission[i] ?? NaN;
    traded += turnover[i] ?? NaN;
    if (held !== 0 && (target === 0 || held > 0 !== target > 0)) {
      const closing = fee * Math.abs(held / (bought[i] ?? NaN));
      moneyOut += Math.abs(held) * paid;
      const profit = (held > 0 ? moneyOut - moneyIn : moneyIn - moneyOut) - (fees + closing);
      closed += 1;
      if (profit > 0) {
        won += 1;
        gained += profit;
      } else lost -= profit;
      moneyIn = Math.abs(target) * paid;
      moneyOut = 0;
      fees = fee - closing;
    } else if (Math.abs(target) < Math.abs(held)) {
      moneyOut += Math.abs(held - target) * paid;
      fees += fee;
    } else {
      moneyIn = (held === 0 ? 0 : moneyIn) + Math.abs(target - held) * paid;
      moneyOut = held === 0 ? 0 : moneyOut;
      fees = (held === 0 ? 0 : fees) + fee;
    }
    held = target;
  }
  tally.closed = closed;
  tally.trades = closed + (held === 0 ? 0 : 1);
  tally.won = won;
  tally.gained = gained;
  tally.lost = lost;
  tally.turnover = traded;
}
