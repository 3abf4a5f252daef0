import * as fc from "fast-check";
import { expect, it } from "vitest";
import { thin } from "./thin.ts";

it("keeps short columns whole and takes every so-manieth time without values", () => {
  expect(thin([1, 2, 3], 3)).toEqual([0, 1, 2]);
  expect(thin([1, 2, 3, 4, 5, 6], 3)).toEqual([0, 2, 4, 5]);
});

it("never loses an end, the highest or the lowest value", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.integer({ min: -99, max: 99 })), { minLength: 2, maxLength: 300 }),
      fc.integer({ min: 4, max: 40 }),
      (values, most) => {
        const kept = thin(
          values.map((_, i) => i),
          most,
          values,
        );
        expect([kept[0], kept.at(-1)]).toEqual([0, values.length - 1]);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept.length).toBeLessThanOrEqual(most + 3);
        const known = values.filter((value) => value !== null);
        const shown = kept.map((i) => values[i] ?? null).filter((value) => value !== null);
        expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...known), Math.max(...known)]);
      },
    ),
  );
});
