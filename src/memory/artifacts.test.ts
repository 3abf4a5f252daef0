import { describe, expect, it } from "vitest";
import type { AlphaReport } from "../domain/alpha/report.ts";
import { HeldArtifacts } from "./artifacts.ts";

const report = (summary: string): AlphaReport => ({
  asOf: "2025-08-15T20:00:00.000Z",
  dataSetId: "d",
  policy: {
    factors: [{ name: "momentum", lookbackBars: 20, weight: 1 }],
    combination: "time-series",
    threshold: 0.1,
  },
  signals: [],
  unscored: [],
  summary,
});

describe("artifacts", () => {
  it("have the same id for the same content, whatever the order of its fields", async () => {
    const artifacts = new HeldArtifacts();
    const { summary, ...rest } = report("a");
    const [first, same, other] = await Promise.all([
      artifacts.put("alpha", report("a")),
      artifacts.put("alpha", { summary, ...rest }),
      artifacts.put("alpha", report("b")),
    ]);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
    expect((await artifacts.get("alpha", other)).summary).toBe("b");
  });

  it("say what to call where an id is not held", async () => {
    const artifacts = new HeldArtifacts();
    const id = await artifacts.put("alpha", report("a"));
    await expect(artifacts.get("risk", id)).rejects.toMatchObject({
      code: "UNKNOWN_ARTIFACT",
      hint: "Call ask_risk_agent and use the riskId that it returns.",
    });
  });

  it("let go of the least recently used first", async () => {
    const artifacts = new HeldArtifacts();
    const kept = await artifacts.put("alpha", report("kept"));
    const madeAgain = await artifacts.put("alpha", report("made again"));
    const lost = [await artifacts.put("alpha", report("lost"))];
    for (let i = 0; i < 600; i++) {
      const filler = await artifacts.put("alpha", report(`filler ${i}`));
      if (i < 50) lost.push(filler);
      if (i % 100 !== 0) continue;
      await artifacts.get("alpha", kept);
      await artifacts.put("alpha", report("made again"));
    }
    await expect(artifacts.get("alpha", kept)).resolves.toMatchObject({ summary: "kept" });
    await expect(artifacts.get("alpha", madeAgain)).resolves.toMatchObject({ summary: "made again" });
    for (const id of lost) {
      await expect(artifacts.get("alpha", id)).rejects.toMatchObject({ code: "UNKNOWN_ARTIFACT" });
    }
  });
});
