import { looksLike } from "./look.ts";
import { LIST_WIDTH, type Ref } from "./stored-value.ts";

/** A value that is stored, to see whether another one looks like it. */
export interface Stored {
  readonly look: unknown;
}

/** A list that is stored. */
export interface StoredList {
  /** `rows[0]`: the elements; `rows[k + 1]`: hashes of full stretches of `rows[k]`. */
  readonly rows: readonly (readonly Ref[])[];
  /** The elements; each is looked up when it is first needed. */
  readonly stored: (Stored | undefined)[];
}

/**
 * Rows of a list, with work only for what is not as it was.
 * @param first where its first element is
 */
export function rowsOf(
  elements: readonly unknown[],
  first: Ref,
  before: StoredList | undefined,
  store: {
    readonly element: (value: unknown) => Ref;
    readonly stretch: (refs: readonly Ref[]) => string;
    readonly stored: (ref: Ref) => Stored;
  },
): StoredList {
  let same = before === undefined ? 0 : commonLength(elements, before, store.stored);
  const stored = before?.stored.slice(0, same) ?? [];
  let row = before?.rows[0]?.slice(0, same) ?? [];
  for (let i = same; i < elements.length; i += 1) {
    row.push(i === 0 ? first : store.element(elements[i]));
    stored.push(undefined);
  }
  const rows = [row];
  while (row.length >= LIST_WIDTH) {
    same = Math.floor(same / LIST_WIDTH);
    const above: Ref[] = before?.rows[rows.length]?.slice(0, same) ?? [];
    for (let from = above.length * LIST_WIDTH; from + LIST_WIDTH <= row.length; from += LIST_WIDTH) {
      above.push(store.stretch(row.slice(from, from + LIST_WIDTH)));
    }
    rows.push((row = above));
  }
  return { rows, stored };
}

/** The inverse of `tailsOf`: the rows, as far as the stretches above are known. */
export function rowsIn(
  tails: readonly (readonly Ref[])[],
  stretch: (hash: string) => readonly Ref[],
): Ref[][] {
  const rows: Ref[][] = [];
  for (let k = tails.length - 1; k >= 0; k -= 1) {
    const row: Ref[] = [];
    for (const hash of rows[k + 1] ?? []) if (typeof hash === "string") row.push(...stretch(hash));
    row.push(...(tails[k] ?? []));
    rows[k] = row;
  }
  return rows;
}

/** The part of each row that no full stretch of it stands for. */
export function tailsOf({ rows }: StoredList): (readonly Ref[])[] {
  return rows.map((row, k) => row.slice((rows[k + 1]?.length ?? 0) * LIST_WIDTH));
}

function commonLength(
  elements: readonly unknown[],
  { rows: [row = []], stored }: StoredList,
  storedAt: (ref: Ref) => Stored,
): number {
  const most = Math.min(elements.length, row.length);
  for (let i = 0; i < most; i += 1) {
    const ref = row[i];
    if (ref === undefined) return i;
    const [inline]: readonly unknown[] = Array.isArray(ref) ? ref : [null];
    const look = typeof inline === "object" ? (stored[i] ??= storedAt(ref)).look : inline;
    if (!looksLike(elements[i], look)) return i;
  }
  return most;
}
