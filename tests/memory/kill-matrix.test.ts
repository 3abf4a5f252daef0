import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { failingAt } from "../support/failing-at.ts";
import { differences } from "../support/kill/differences.ts";
import {
  killAndResume,
  type Left,
  lostOf,
  playingFor,
  resumed,
  undisturbed,
} from "../support/kill/kill-and-resume.ts";
import type { GraphName } from "../support/kill/kill-cases.ts";
import type { KillPoint } from "../support/kill/kill-point.ts";
import { killRuntime } from "../support/kill/kill-runtime.ts";
import { FinAgentError } from "../../src/domain/errors.ts";
import { askTool } from "../../src/tools/ask.ts";
import { startRedis } from "../support/redis-server.ts";

/** A few points of each kind; `npm run kills` kills at every one. */
const POINTS: readonly (readonly [GraphName, "embedded" | "redis", KillPoint])[] = [
  // A tool's writes are kept and its step is not yet taken.
  ["manager", "embedded", { at: "write", n: 43, when: "before" }],
  ["manager", "redis", { at: "write", n: 65, when: "after" }],
  // The report is kept, and nobody was told.
  ["pipeline", "redis", { at: "write", n: 31, when: "after" }],
  ["optimizer", "redis", { at: "model", n: 3 }],
  // A version is in force, and the step that put it there is not yet taken.
  ["optimizer", "embedded", { at: "write", n: 54, when: "after" }],
];

const whole = new Map<GraphName, Left>();
const wholeOf = (graph: GraphName): Left => whole.get(graph) ?? { report: "", records: [], asked: 0 };

beforeAll(async () => {
  for (const graph of ["manager", "pipeline", "optimizer"] as const)
    whole.set(graph, await undisturbed(graph));
});

describe("a run that is killed and resumed", () => {
  it.each(POINTS)("is as if nothing had happened: %s, %s, at %o", async (graph, store, point) => {
    const killed = await killAndResume(graph, store === "redis" ? inject("redisUrl") : null, point);
    expect(killed).toMatchObject({ killed: true, begun: true });
    expect(differences(killed, wholeOf(graph))).toEqual([]);
  });
});

describe("a store that ends in the middle of a run", () => {
  it("loses nothing that it had answered where the disk is full, and says so", async () => {
    const stopped = await killAndResume("pipeline", null, { at: "nothing" }, { limit: 240 });
    expect(stopped.after).toMatch(/failed FinAgentError: .*finagent\.db found no room on the disk/);
    expect(stopped).toMatchObject({ killed: false, begun: true });
    expect(differences(stopped, wholeOf("pipeline"))).toEqual([]);
  });

  it("loses nothing that it had answered where a Redis with an append-only file is killed", async () => {
    let redis = await startRedis(["--appendonly", "yes"]);
    const playing = await playingFor("manager", redis.url, { at: "nothing" });
    try {
      const { run } = playing;
      const { runtime, records } = await killRuntime(run, {
        killed: false,
        wrap: (store) =>
          failingAt(store, 5, async () => {
            await redis.kill();
            redis = await redis.restart();
            throw new FinAgentError("STORE_UNREACHABLE", "It was killed.");
          }).store,
      });
      const failure = runtime.run(askTool, askTool.input.parse(run.input));
      await expect(failure).rejects.toMatchObject({ code: "STORE_UNREACHABLE" });
      await records.close();

      const again = await killRuntime(run, { killed: false });
      const lost = await lostOf(again.records, readFileSync(run.log, "utf8").trimEnd().split("\n"));
      const left = await resumed(again.runtime, again.records);
      await again.records.close();
      const killed = { ...left, killed: true, after: "", asked: playing.asked() };
      expect(lost).toEqual([]);
      expect(differences(killed, wholeOf("manager"))).toEqual([]);
    } finally {
      await playing.close();
      await redis.remove();
    }
  });
});
