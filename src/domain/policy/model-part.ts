import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import type { RollingDecision } from "./rolling.ts";

/** What a model decided alone, of a run in which rules stood in for it later. */
export interface ModelPart {
  /** The data set whose window ends with the bar at whose close rules first stood in. */
  readonly dataSet: DataSet;
  /** Those before that close. */
  readonly decisions: readonly RollingDecision[];
}

/**
 * The beginning of a run, as far as no decision in it is the rules'. Up to the close at which rules first stood in, the book
 * is the model's own; what is decided there is traded after it. Null where the model decided nothing before.
 */
export function modelPart(dataSet: DataSet, decisions: readonly RollingDecision[]): ModelPart | null {
  const end = decisions.findIndex(({ standIns = [] }) => standIns.length > 0);
  const first = decisions[end];
  const before = decisions.slice(0, end);
  if (first === undefined || before.every(({ note }) => note !== null)) return null;
  return { dataSet: { ...dataSet, to: at(dataSet.panel.time, first.row) }, decisions: before };
}
