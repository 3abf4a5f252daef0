import type { KeyRange } from "./record-store.ts";

/** Which keys a range means, as two ends. */
export interface KeyBounds {
  readonly low: string;
  readonly lowIncluded: boolean;
  /** The first key beyond; null where there is no end. */
  readonly high: string | null;
}

/** The ends of a range; null where no key can be in it. */
export function boundsOf({ prefix, after, reverse = false, limit }: KeyRange): KeyBounds | null {
  if (limit !== undefined && limit <= 0) return null;
  const high = successor(prefix);
  const whole: KeyBounds = { low: prefix, lowIncluded: true, high };
  if (after === undefined) return whole;
  if (reverse) {
    const nearer = high === null || compareKeys(after, high) < 0 ? after : high;
    return compareKeys(nearer, prefix) <= 0 ? null : { ...whole, high: nearer };
  }
  if (high !== null && compareKeys(after, high) >= 0) return null;
  return compareKeys(after, prefix) < 0 ? whole : { low: after, lowIncluded: false, high };
}

/** The order of the UTF-8 bytes. It is not the order of `<`, which puts U+1F600 before U+FF01. */
export function compareKeys(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

/** The least text that comes after every text with a prefix; null where there is none. */
function successor(prefix: string): string | null {
  const points = Array.from(prefix);
  while (points.length > 0) {
    const last = points.pop()?.codePointAt(0) ?? 0;
    if (last === 0x10_ff_ff) continue;
    // Between U+D7FF and U+E000 lie the surrogates, which are no characters.
    return points.join("") + String.fromCodePoint(last === 0xd7_ff ? 0xe0_00 : last + 1);
  }
  return null;
}
