import { absent, type Statistic } from "../../statistic.ts";
import type { DrawdownSpell } from "./drawdown-spells.ts";

/**
 * Mean depth of the drawdowns, each counted once, a negative fraction (ffn `avg_drawdown`). Absent where there is
 * none.
 */
export function averageDrawdown(spells: readonly DrawdownSpell[]): Statistic {
  if (spells.length === 0) return absent("There is no drawdown.");
  let sum = 0;
  for (const { depth } of spells) sum += depth;
  return sum / spells.length;
}
