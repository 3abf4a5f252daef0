import type { Column } from "../../market/column.ts";

/** Whether an equity is ever zero or below; it then has no returns. */
export function isRuined(equity: Column): boolean {
  for (let i = 0; i < equity.length; i += 1) if ((equity[i] ?? NaN) <= 0) return true;
  return false;
}
