import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig } from "./config.ts";

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

  it("gives an agent a model of its own", () => {
    const config = loadConfig({}, {}, file("model: openai:small\nmodels:\n  manager: openai:large\n"));
    expect(config.models).toEqual({ manager: "openai:large" });
  });

  it.each([
    [{ FINAGENT_MODEL: "gpt" }, "", "model"],
    [{ FINAGENT_DATA: "prices/" }, "", "data"],
    [{ PORT: "eighty" }, "", "server.port"],
    [{ OPENAI_BASE_URL: "localhost:11434" }, "", "openai.baseUrl"],
    [{}, "models:\n  boss: offline\n", "models"],
    [{}, "sead: 3\n", "sead"],
  ])("names the setting that is wrong: %j %s", (env, yaml, field) => {
    expect(() => loadConfig({}, env, yaml === "" ? "no-such-file.yaml" : file(yaml))).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG", message: expect.stringContaining(field) as string }),
    );
  });

  it("refuses a file that is no YAML, naming it", () => {
    const path = file("model: [offline");
    expect(() => loadConfig({}, {}, path)).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG", message: expect.stringContaining(path) as string }),
    );
  });
});
