import { array, assert, constantFrom, property } from "fast-check";
import { expect, it } from "vitest";
import { type DecisionMade, stretchesOf } from "./stand-ins.ts";

const day = (k: number): string => new Date(Date.UTC(2024, 0, 1 + k)).toISOString();
const down = (k: number, asked = true): DecisionMade => ({
  at: day(k),
  fallback: { code: "MODEL_UNREACHABLE", message: `down at ${k}`, asked },
});
const slow = (k: number): DecisionMade => ({
  at: day(k),
  fallback: { code: "MODEL_TIMEOUT", message: "slow", asked: true },
});
const model = (k: number): DecisionMade => ({ at: day(k), fallback: null });

it("parts stretches where the model decided, at another reason, and where it is not asked any more", () => {
  expect(
    stretchesOf([
      model(0),
      down(1),
      down(2),
      model(3),
      down(4),
      slow(5),
      down(6),
      down(7, false),
      down(8, false),
    ]),
  ).toEqual([
    { from: day(1), to: day(2), count: 2, reason: "MODEL_UNREACHABLE: down at 1" },
    { from: day(4), to: day(4), count: 1, reason: "MODEL_UNREACHABLE: down at 4" },
    { from: day(5), to: day(5), count: 1, reason: "MODEL_TIMEOUT: slow" },
    { from: day(6), to: day(6), count: 1, reason: "MODEL_UNREACHABLE: down at 6" },
    { from: day(7), to: day(8), count: 2, reason: "MODEL_UNREACHABLE: down at 7" },
  ]);
});

it("leaves no stand-in out and names nobody else's date", () => {
  const made = array(
    constantFrom(model, down, slow, (k: number) => down(k, false)),
    { maxLength: 30 },
  );
  assert(
    property(made, (kinds) => {
      const decisions = kinds.map((kind, k) => kind(k));
      const told = stretchesOf(decisions).flatMap(({ from, to, count }) => {
        const within = decisions.filter(
          ({ at }) => at !== null && from !== null && to !== null && at >= from && at <= to,
        );
        expect(within).toHaveLength(count);
        return within;
      });
      expect(told).toEqual(decisions.filter(({ fallback }) => fallback !== null));
    }),
  );
});
