import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createRuntime } from "../../src/runtime.ts";
import { askTool } from "../../src/tools/ask.ts";
import { deleteRunTool } from "../../src/tools/delete-run.ts";
import { testConfig } from "../support/test-config.ts";

/** All bytes that the store has on disk. */
function onDisk(home: string): string {
  return readdirSync(home, { recursive: true, encoding: "utf8" })
    .map((name) => join(home, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

it("a key in a request is kept nowhere, and what was deleted is gone from the disk", async () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-keeps-"));
  const key = "a-key-of-no-known-shape";
  const runtime = createRuntime(testConfig({ home, openai: { apiKey: key } }));
  const request = `Which symbols are there? My key is ${key}, and the word is Xyzzyx`;
  const { runId } = await runtime.run(askTool, { request });
  expect(onDisk(home)).toContain("My key is [hidden], and the word is Xyzzyx");
  expect(onDisk(home)).not.toContain(key);
  await runtime.run(deleteRunTool, { id: runId });
  expect(onDisk(home)).not.toContain("Xyzzyx");
  for (const file of readdirSync(home).filter((name) => name.startsWith("finagent.db"))) {
    expect(statSync(join(home, file)).mode & 0o077).toBe(0);
  }
  await runtime.close();
  rmSync(home, { recursive: true });
});

it("a conversation is not taken back to a day before what it has looked at", async () => {
  const runtime = createRuntime(testConfig({}));
  const { threadId } = await runtime.run(askTool, { request: "Analyze AAPL", asOf: "2025-06-30" });
  const back = runtime.run(askTool, { request: "why so little?", threadId, asOf: "2024-01-05" });
  await expect(back).rejects.toMatchObject({
    code: "BAD_ARGUMENT",
    message: expect.stringMatching(/has looked at data up to 2025-06-30/) as string,
  });
  const forward = await runtime.run(askTool, { request: "Analyze AAPL", threadId, asOf: "2025-07-31" });
  expect(forward.status).toBe("done");
  await runtime.close();
});
