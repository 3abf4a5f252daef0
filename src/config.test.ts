import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./config.ts";
import { secretsOf } from "./secrets.ts";

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), "finagent-config-")), "finagent.yaml");
  writeFileSync(path, text);
  return path;
};

describe("the configuration", () => {
  it("needs nothing", () => {
    expect(loadConfig({}, {}, "no-such-file.yaml")).toMatchObject({
      model: "offline",
      data: "simulated",
      seed: 1,
      server: { host: "127.0.0.1", port: 9000 },
    });
  });

  it("takes flags before the environment, and that before the file", () => {
    const path = file("model: openai:file\ndata: csv:file\nseed: 7\nopenai:\n  timeoutSeconds: 5\n");
    const env = { FINAGENT_MODEL: "openai:env", FINAGENT_DATA: "csv:env", OPENAI_API_KEY: "k" };
    expect(loadConfig({ model: "openai:flag" }, env, path)).toMatchObject({
      model: "openai:flag",
      data: "csv:env",
      seed: 7,
      openai: { timeoutSeconds: 5, apiKey: "k" },
    });
  });

  it("keeps the place of a Redis, and hides its password", () => {
    const url = "rediss://me:p%40ss-word@redis.example:6380/3";
    const config = loadConfig({}, { REDIS_URL: url, FINAGENT_REDIS_PREFIX: "desk" }, "no-such-file.yaml");
    expect(config.redis).toEqual({ url, prefix: "desk" });
    expect(secretsOf(config)).toEqual(expect.arrayContaining(["p%40ss-word", "p@ss-word"]));
  });

  it("gives an agent a model of its own", () => {
    const config = loadConfig({}, {}, file("model: openai:small\nmodels:\n  manager: openai:large\n"));
    expect(config.models).toEqual({ manager: "openai:large" });
  });

  it.each([
    [{ FINAGENT_MODEL: "gpt" }, "model: offline", /setting model .* `offline` or/, "FINAGENT_MODEL"],
    [{ FINAGENT_DATA: "prices/" }, "", /setting data /, "FINAGENT_DATA"],
    [{ REDIS_URL: "localhost:6379" }, "", /setting redis.url .* URL like redis/, "REDIS_URL"],
    [{}, "redis:\n  prefix: my keys\n", /setting redis.prefix /, "finagent.yaml"],
    [
      { FINAGENT_BUDGET_PER_RUN: "-1" },
      "",
      /setting budget.perRunUsd .* at least 0/,
      "FINAGENT_BUDGET_PER_RUN",
    ],
    [
      { FINAGENT_BUDGET_PER_DAY: "much" },
      "",
      /setting budget.perDayUsd .* number/,
      "FINAGENT_BUDGET_PER_DAY",
    ],
    [{}, "budget:\n  perWeekUsd: 3\n", /no setting budget.perWeekUsd\./, "finagent.yaml"],
    [
      {},
      "prices:\n  - {model: openai:a, from: 2026-01-01, inputPerMillion: -2, outputPerMillion: 8}\n",
      /setting prices.0.inputPerMillion .* at least 0/,
      "finagent.yaml",
    ],
    [{ PORT: "eighty" }, "", /setting server.port .* must be a number/, "PORT"],
    [
      { OPENAI_BASE_URL: "localhost:11434" },
      "",
      /setting openai.baseUrl .* URL like http/,
      "OPENAI_BASE_URL",
    ],
    [{}, "openai:\n  timeoutSeconds: soon\n", /setting openai.timeoutSeconds .* number/, "finagent.yaml"],
    [{}, "openai: fast\n", /setting openai .* an object/, "finagent.yaml"],
    [
      {},
      "models:\n  boss: offline\n",
      /no setting models.boss\./,
      "finagent.yaml: correct or remove it there. The settings are model,",
    ],
    [{}, "sead: 3\n", /no setting sead\./, "finagent.yaml: correct or remove it there. Did you mean seed?"],
    [{}, "openai:\n  timeout: 3\n", /no setting openai.timeout\./, "Did you mean openai.timeoutSeconds?"],
  ])("names the setting that is wrong and where it stands: %j %s", (env, yaml, message, hint) => {
    expect(() => loadConfig({}, env, file(yaml))).toThrow(
      expect.objectContaining({
        code: "BAD_CONFIG",
        message: expect.stringMatching(message) as string,
        hint: expect.stringContaining(hint) as string,
      }),
    );
  });

  it.each([
    ["model: [offline", "line 1"],
    ["model: offline\nopenai:\n\tapiKey: sk-abcdef123", "line 3"],
    ["just words", "must hold settings by name"],
  ])("refuses a file that is no YAML, naming the line but not its text: %j", (text, where) => {
    const path = file(text);
    expect(() => loadConfig({}, {}, path)).toThrow(
      expect.objectContaining({
        code: "BAD_CONFIG",
        message: expect.stringContaining(`${path} ${where}`) as string,
        hint: expect.any(String) as string,
      }),
    );
    expect(() => loadConfig({}, {}, path)).not.toThrow(/sk-abcdef123/);
  });
});
