import { FinAgentError } from "../errors.ts";
import type { Panel } from "../market/panel.ts";

export interface RowWindow {
  readonly fromRow: number;
  /** Exclusive. */
  readonly toRow: number;
}

/** @throws FinAgentError BAD_ARGUMENT where the rows are none of the panel's */
export function checkWindow(panel: Panel, { fromRow, toRow }: RowWindow): void {
  const inside = Number.isInteger(fromRow) && Number.isInteger(toRow) && fromRow >= 0 && toRow <= panel.rows;
  if (inside && fromRow < toRow) return;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `Rows ${fromRow} to ${toRow} are no window in a panel of ${panel.rows} rows.`,
  );
}
