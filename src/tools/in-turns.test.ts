import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { inTurns } from "./in-turns.ts";

/** Steps of 15 ms each that nobody can interrupt. */
function* work(steps: number): Generator<number, string, void> {
  for (let step = 1; step <= steps; step += 1) {
    const until = performance.now() + 15;
    while (performance.now() < until);
    yield step;
  }
  return "done";
}

it("tells every step, and lets others have their turn in between", async () => {
  const told: number[] = [];
  const run = inTurns(new AbortController(), work(8), (step) => told.push(step));
  await nextTurn();
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(8);
  expect(await run).toBe("done");
  expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it("stops where the run is stopped", async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const run = inTurns(stop, work(100), (step) => told.push(step));
  stop.abort(new Error("stopped"));
  await expect(run).rejects.toThrow("stopped");
  expect(told.length).toBeLessThan(5);
});
