import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

function finagent(...line: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...line], { encoding: "utf8" });
  return { status, stdout, stderr: stderr.replace(/\s+/g, " ") };
}

describe("the command line as a process", () => {
  it("tells its version", () => {
    expect(finagent("--version")).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("helps at once: of all packages it loads commander alone", () => {
    const hook = `import { registerHooks } from "node:module";
      registerHooks({ resolve(name, context, next) {
        const found = next(name, context);
        process.stderr.write(found.url + "\\n");
        return found;
      } });`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(hook)}`, MAIN, "--help"],
      { encoding: "utf8" },
    );
    expect(status).toBe(0);
    expect(stdout).toContain("finagent [options] [command]");
    const packages = stderr.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g);
    expect(new Set(Array.from(packages, ([, name]) => name))).toEqual(new Set(["commander"]));
  });

  it("names a near command", () => {
    const { status, stdout, stderr } = finagent("pipelin");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Did you mean pipeline?");
  });

  it("names a near flag", () => {
    const { status, stderr } = finagent("backtest", "--strategi", "sma-cross");
    expect(status).toBe(2);
    expect(stderr).toContain("Did you mean --strategy?");
  });

  it("names the flag whose value is wrong, as JSON where that is asked for", () => {
    const { status, stdout, stderr } = finagent(
      "--json",
      "pipeline",
      "--symbols",
      "AAPL",
      "--capital",
      "ten",
    );
    expect({ status, stderr }).toEqual({ status: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "BAD_ARGUMENT", details: { flag: "--capital" } },
    });
  });

  it("names the flag whose setting is wrong", () => {
    const { status, stderr } = finagent("data", "list", "--model", "gpt");
    expect(status).toBe(2);
    expect(stderr).toContain("--model: must be `offline` or `openai:NAME`");
    expect(stderr).not.toContain(" at ");
  });
});
