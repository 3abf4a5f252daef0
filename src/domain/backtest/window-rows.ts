import { FinAgentError } from "../errors.ts";
import { isoTime } from "../iso-time.ts";
import { countAtMost } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import type { RowWindow } from "./engine.ts";

/**
 * The panel rows of a data set's window: those that open within [from, to].
 * @throws FinAgentError EMPTY_WINDOW, DATA_INSUFFICIENT (fewer than two rows)
 */
export function windowRows({ panel, from, to }: DataSet): RowWindow {
  // Times are whole milliseconds, so "before from" is "at most from - 1".
  const fromRow = countAtMost(panel.time, from - 1);
  const toRow = countAtMost(panel.time, to);
  if (toRow - fromRow >= 2) return { fromRow, toRow };
  throw new FinAgentError(
    toRow > fromRow ? "DATA_INSUFFICIENT" : "EMPTY_WINDOW",
    `A backtest needs two bars; ${panel.symbols.join(", ")} ${panel.symbols.length === 1 ? "has" : "have"} ${Math.max(0, toRow - fromRow)} from ${isoTime(from)} to ${isoTime(to)}.`,
    { hint: "Choose a longer window." },
  );
}
