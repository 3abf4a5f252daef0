import { FinAgentError } from "../errors.ts";
import type { Panel } from "../market/panel.ts";
import type { Targets } from "./targets.ts";

/**
 * Refuses targets that do not fit the panel.
 * @throws FinAgentError BAD_ARGUMENT naming the place
 */
export function checkTargets(targets: Targets, panel: Panel): void {
  const { rows, weights } = targets;
  if (weights.length !== panel.symbols.length) {
    throw bad(
      `Targets have ${weights.length} columns of weights for the ${panel.symbols.length} symbols of the panel.`,
    );
  }
  let before = -1;
  for (const [k, row] of rows.entries()) {
    if (row <= before) throw bad(`Target rows must ascend: row ${row} (entry ${k}) follows row ${before}.`);
    if (row >= panel.rows) {
      throw bad(`Target row ${row} (entry ${k}) is outside a panel of ${panel.rows} rows.`);
    }
    before = row;
  }
  for (const [s, column] of weights.entries()) {
    const symbol = panel.symbols[s] ?? "";
    if (column.length !== rows.length) {
      throw bad(`${symbol} has ${column.length} weights for ${rows.length} target rows.`);
    }
    for (let k = 0; k < column.length; k += 1) {
      if (Math.abs(column[k] ?? NaN) === Infinity)
        throw bad(`${symbol} has an infinite weight in entry ${k}.`);
    }
  }
}

function bad(message: string): FinAgentError {
  return new FinAgentError("BAD_ARGUMENT", message, {
    hint: "Targets need one column per symbol, one weight per row, rows ascending, NaN to keep the shares held.",
  });
}
