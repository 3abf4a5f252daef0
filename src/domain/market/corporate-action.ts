/** What a company did to its shares at the open of a bar, in raw terms. */
export interface CorporateAction {
  /** The open of the first bar that trades without it (the ex-date), epoch milliseconds. */
  readonly time: number;
  /** Shares made of one: 10 for a 10-for-1 split, 1 where there is none. */
  readonly split: number;
  /**
   * Money per share as shares are after the split; 0 where there is none. A share held over the bar's open is
   * worth split * (price + dividend).
   */
  readonly dividend: number;
}

/**
 * The actions by the bars that trade without them: one whose own bar is missing falls to the next bar, several of
 * one bar become one, and those before the first bar or after the last are left out. `time` holds the opens of
 * bars; both ascend.
 */
export function actionsAtBars(actions: readonly CorporateAction[], time: Float64Array): CorporateAction[] {
  const placed: CorporateAction[] = [];
  let bar = 0;
  for (const action of actions) {
    if (action.time < (time[0] ?? Infinity)) continue;
    while (bar < time.length && (time[bar] ?? NaN) < action.time) bar += 1;
    const open = time[bar];
    if (open === undefined) break;
    const before = placed.at(-1);
    if (before?.time === open) placed[placed.length - 1] = inOne(before, action);
    else placed.push({ ...action, time: open });
  }
  return placed;
}

/** Two actions as one: what was paid before the second split is spread over the shares that it made. */
function inOne(first: CorporateAction, second: CorporateAction): CorporateAction {
  return {
    time: first.time,
    split: first.split * second.split,
    dividend: first.dividend / second.split + second.dividend,
  };
}
