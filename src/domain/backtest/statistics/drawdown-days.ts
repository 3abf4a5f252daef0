import { at, type Column } from "../../market/column.ts";
import { absent, type Statistic } from "../../statistic.ts";
import type { DrawdownSpell } from "./drawdown-spells.ts";

const DAY = 86_400_000;

/** Calendar days from the high to its recovery, or to the last row. */
export function drawdownDays({ start, end }: DrawdownSpell, time: Column): number {
  return (at(time, end) - at(time, start)) / DAY;
}

/** Mean of drawdownDays (backtesting.py `Avg. Drawdown Duration`, rounded up there). Absent without a drawdown. */
export function averageDrawdownDays(spells: readonly DrawdownSpell[], time: Column): Statistic {
  if (spells.length === 0) return absent("There is no drawdown.");
  let sum = 0;
  for (const spell of spells) sum += drawdownDays(spell, time);
  return sum / spells.length;
}

/**
 * Most calendar days below a high, not always those of the deepest drawdown (backtesting.py `Max. Drawdown
 * Duration`). Absent without a drawdown.
 */
export function longestDrawdownDays(spells: readonly DrawdownSpell[], time: Column): Statistic {
  if (spells.length === 0) return absent("There is no drawdown.");
  let longest = 0;
  for (const spell of spells) longest = Math.max(longest, drawdownDays(spell, time));
  return longest;
}
