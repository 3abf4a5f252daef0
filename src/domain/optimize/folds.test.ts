import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dailyBars } from "../../../tests/support/daily-bars.ts";
import { FinAgentError } from "../errors.ts";
import { at } from "../market/column.ts";
import type { DataSet } from "../market/data-set.ts";
import { createPanel } from "../market/panel.ts";
import { describeSpan, layFolds, lengthOf } from "./folds.ts";

/** `history` rows before a window of `rows`. */
function dataSetOf(rows: number, history = 0): DataSet {
  const close = new Float64Array(history + rows).fill(100);
  const panel = createPanel([dailyBars("A", { open: close, close })]);
  return {
    id: "test",
    source: "test",
    simulated: false,
    panel,
    benchmark: null,
    from: at(panel.time, history),
    to: at(panel.closeTime, history + rows - 1),
    findings: [],
  };
}

describe("folds", () => {
  it("follow each other with the embargo between them, and end with a hold-out of a fifth", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 4000 }),
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 2, max: 3 }),
        fc.integer({ min: 0, max: 21 }),
        (rows, history, folds, embargoBars) => {
          const plan = layFolds(dataSetOf(rows, history), { folds, embargoBars });
          const spans = [...plan.folds.flatMap(({ train, validation }) => [train, validation]), plan.holdout];
          expect(spans[0]?.fromRow).toBe(history);
          expect(plan.holdout.toRow).toBe(history + rows);
          expect(lengthOf(plan.holdout)).toBe(Math.floor(rows / 5));
          for (const [k, span] of spans.slice(1).entries()) {
            expect(span.fromRow - (spans[k]?.toRow ?? NaN)).toBe(embargoBars);
          }
          for (const { train, validation } of plan.folds) {
            expect(lengthOf(validation)).toBe(Math.floor((lengthOf(train) + lengthOf(validation)) / 2));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("are refused where a validation span would be short, with what would be enough", () => {
    const lay = (rows: number, folds: number): unknown =>
      layFolds(dataSetOf(rows), { folds, embargoBars: 21 });
    let thrown: unknown;
    try {
      lay(500, 4);
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof FinAgentError)) throw new Error("nothing was refused");
    expect(thrown.code).toBe("DATA_INSUFFICIENT");
    expect(thrown.hint).toContain("at most 2 folds");
    const { enough } = thrown.details;
    if (typeof enough !== "number") throw new Error("no figure");
    // 4 x (2 x 63 + 2 x 21) / 0.8
    expect(enough).toBe(840);
    expect(() => lay(enough, 4)).not.toThrow();
    expect(() => lay(enough - 10, 4)).toThrow(/validation/);
    expect(() => lay(500, 2)).not.toThrow();
  });

  it("are described by their first open and last close", () => {
    const { panel } = dataSetOf(10);
    expect(describeSpan(panel, { fromRow: 2, toRow: 5 })).toEqual({
      from: "2000-01-03T14:30:00.000Z",
      to: "2000-01-05T21:00:00.000Z",
      bars: 3,
    });
  });
});
