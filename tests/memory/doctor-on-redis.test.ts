import { expect, inject, it } from "vitest";
import { doctor } from "../../src/cli/commands/doctor.ts";
import { clearRedis, redisPrefix } from "../support/redis-prefix.ts";
import { scriptedIo } from "../support/scripted-io.ts";
import { scriptedRuntime } from "../support/scripted-runtime.ts";

it("the doctor says which Redis it found, of what version, and how it may lose data", async () => {
  const url = inject("redisUrl");
  const prefix = redisPrefix();
  const { io, stdout } = scriptedIo();
  const runtime = scriptedRuntime(
    () => ({ source: "csv:x", simulated: false, benchmark: null, symbols: [] }),
    {
      redis: { url, prefix },
    },
  );
  await doctor(() => Promise.resolve(runtime), { json: true }, io);
  const { checks } = JSON.parse(stdout()) as { checks: { name: string }[] };
  const memory = checks.find(({ name }) => name === "Memory");
  expect(memory).toMatchObject({
    status: expect.stringMatching(/^(ok|warn)$/) as string,
    message: expect.stringMatching(new RegExp(`, prefix ${prefix} \\(\\w+ \\d+\\.\\d+\\.\\d+\\)$`)) as string,
  });
  await clearRedis(url, prefix);
});
