import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { finagent } from "./support/finagent-process.ts";

it("chat on a thread knows in a second process what was said in the first", async () => {
  const home = mkdtempSync(join(tmpdir(), "finagent-chat-"));
  const chat = async (input: string): Promise<string> => {
    const line = ["chat", "--thread", "t", "--as-of", "2025-12-31", "--model", "offline", "--json"];
    const { status, stdout } = await finagent(line, { env: { FINAGENT_HOME: home }, input });
    expect(status).toBe(0);
    return stdout;
  };
  await chat("Analyze AAPL and MSFT\n");
  const known = JSON.parse(await chat("And compare them since June\n")) as {
    turns: { signals: { symbol: string }[] }[];
  };
  expect(known.turns[0]?.signals.map(({ symbol }) => symbol)).toEqual(["AAPL", "MSFT"]);
  rmSync(home, { recursive: true });
});
