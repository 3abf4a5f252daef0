import { distance } from "fastest-levenshtein";
import { FinAgentError } from "../../errors.ts";
import { bollingerReversal } from "./bollinger-reversal.ts";
import { buyAndHold } from "./buy-and-hold.ts";
import { donchianBreakout } from "./donchian-breakout.ts";
import { emaCross } from "./ema-cross.ts";
import { equalWeight } from "./equal-weight.ts";
import { lowVolatility } from "./low-volatility.ts";
import { macdCross } from "./macd.ts";
import { momentumRank } from "./momentum-rank.ts";
import { pairs } from "./pairs.ts";
import { rsiReversal } from "./rsi-reversal.ts";
import { smaCross } from "./sma-cross.ts";
import { volatilityTarget } from "./volatility-target.ts";
import type { Named, Strategy } from "../strategy.ts";

export { parseParams } from "./parse-params.ts";

/** Every named strategy that needs nothing but prices; `agents` beside them needs policies as well. */
export const STRATEGIES: readonly Strategy[] = [
  smaCross,
  emaCross,
  macdCross,
  rsiReversal,
  bollingerReversal,
  donchianBreakout,
  momentumRank,
  lowVolatility,
  pairs,
  buyAndHold,
  equalWeight,
  volatilityTarget,
];

/**
 * The strategy of a name.
 * @param extra those that are looked at first, by what callers call them
 * @throws FinAgentError UNKNOWN_STRATEGY with near names and the list
 */
export function findStrategy<S extends Named = Strategy>(
  name: string,
  extra: ReadonlyMap<string, S> = new Map<string, S>(),
): S | Strategy {
  const found = extra.get(name) ?? STRATEGIES.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  throw unknownStrategy(name, [...STRATEGIES.map((strategy) => strategy.name), ...extra.keys()]);
}

/** No strategy has that name, but these. */
export function unknownStrategy(name: string, names: readonly string[]): FinAgentError {
  const near = nearNames(name, names);
  return new FinAgentError("UNKNOWN_STRATEGY", `There is no strategy called ${JSON.stringify(name)}.`, {
    hint: `${near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `}The strategies are ${names.join(", ")}.`,
    details: { strategy: name, near, strategies: names },
  });
}

/** Names within half the letters of the given one in edits, or that contain it, nearest first. */
function nearNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const found = names
    .map((one) => ({ one, edits: wanted.length > 1 && one.includes(wanted) ? 0 : distance(wanted, one) }))
    .filter(({ one, edits }) => edits < one.length / 2)
    .toSorted((a, b) => a.edits - b.edits);
  const best = found[0]?.edits;
  return found.filter(({ edits }) => edits === best).map(({ one }) => one);
}
