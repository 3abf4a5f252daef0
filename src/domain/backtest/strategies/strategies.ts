import { distance } from "fastest-levenshtein";
import { FinAgentError } from "../../errors.ts";
import { buyAndHold } from "./buy-and-hold.ts";
import { emaCross } from "./ema-cross.ts";
import { equalWeight } from "./equal-weight.ts";
import { momentumRank } from "./momentum-rank.ts";
import { rsiReversal } from "./rsi-reversal.ts";
import { smaCross } from "./sma-cross.ts";
import type { Strategy } from "../strategy.ts";

export { parseParams } from "./parse-params.ts";

/** Every named strategy. */
export const STRATEGIES: readonly Strategy[] = [
  smaCross,
  emaCross,
  rsiReversal,
  momentumRank,
  buyAndHold,
  equalWeight,
];

/**
 * The strategy of a name.
 * @throws FinAgentError UNKNOWN_STRATEGY with near names and the list
 */
export function findStrategy(name: string): Strategy {
  const found = STRATEGIES.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  const names = STRATEGIES.map((strategy) => strategy.name);
  const near = nearNames(name, names);
  throw new FinAgentError("UNKNOWN_STRATEGY", `There is no strategy called ${JSON.stringify(name)}.`, {
    hint: `${near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `}The strategies are ${names.join(", ")}.`,
    details: { strategy: name, near, strategies: names },
  });
}

/** Names within half the letters of the given one in edits, or that contain it, nearest first. */
function nearNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase().replaceAll(/[^a-z]+/g, "-");
  const found = names
    .map((one) => ({ one, edits: wanted.length > 1 && one.includes(wanted) ? 0 : distance(wanted, one) }))
    .filter(({ one, edits }) => edits < one.length / 2)
    .toSorted((a, b) => a.edits - b.edits);
  const best = found[0]?.edits;
  return found.filter(({ edits }) => edits === best).map(({ one }) => one);
}
