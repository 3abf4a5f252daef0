import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type ColumnFile, decodeColumns, encodeColumns, type StoredColumn } from "./column-file.ts";

const metaSchema = z.object({ name: z.string() });

function bytesOf(file: ColumnFile<unknown>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(encodeColumns(file)));
}

const floats = fc.oneof(
  fc.array(fc.double(), { maxLength: 20 }),
  fc
    .tuple(fc.constantFrom(NaN, 0, -0, 1.5), fc.nat({ max: 20 }))
    .map(([value, n]) => Array<number>(n).fill(value)),
  fc.constant([0, -0, 0]),
);
const ints = fc.oneof(
  fc.array(fc.integer(), { maxLength: 20 }),
  fc
    .tuple(fc.integer({ min: -5, max: 1e6 }), fc.nat({ max: 20 }))
    .map(([from, n]) => Array.from({ length: n }, (_, i) => from + i)),
);
const column: fc.Arbitrary<StoredColumn> = fc.oneof(
  floats.map((values) => Float64Array.from(values)),
  ints.map((values) => Int32Array.from(values)),
);

describe("a column file", () => {
  it("gives back what was put into it, to the bit", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(column, { maxLength: 6 }), (name, columns) => {
        const file = { meta: { name }, columns };
        expect(decodeColumns(bytesOf(file).buffer, metaSchema)).toEqual(file);
      }),
    );
  });

  it("takes no room for equal and for counted values", () => {
    const columns = [new Float64Array(1e5).fill(NaN), Int32Array.from({ length: 1e5 }, (_, i) => i + 2)];
    expect(bytesOf({ meta: { name: "" }, columns }).length).toBeLessThan(500);
  });

  it("is nothing where it is cut short, longer, or changed in any byte", () => {
    const whole = bytesOf({ meta: { name: "x" }, columns: [Float64Array.of(1, 2, 3), Int32Array.of(4, 6)] });
    expect(decodeColumns(whole.buffer, metaSchema)).not.toBeNull();
    for (let length = 0; length < whole.length; length++) {
      expect(decodeColumns(whole.slice(0, length).buffer, metaSchema)).toBeNull();
    }
    expect(decodeColumns(Uint8Array.from([...whole, 0]).buffer, metaSchema)).toBeNull();
    for (let at = 0; at < whole.length; at++) {
      const wrong = whole.slice();
      wrong[at] = (wrong[at] ?? 0) ^ 1;
      expect(decodeColumns(wrong.buffer, metaSchema)).toBeNull();
    }
  });

  it("is nothing where it holds something else", () => {
    const other = bytesOf({ meta: { title: "x" }, columns: [] });
    expect(decodeColumns(other.buffer, metaSchema)).toBeNull();
  });
});
