import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { type Config, type ConfigInput, loadConfig } from "../../src/config.ts";

let home: string | undefined;

/** A home for the tests of this process. */
export function testHome(): string {
  return (home ??= mkdtempSync(join(inject("homes"), "home-")));
}

/** Settings for a test: neither the machine's nor the checkout's reach it, and what it keeps goes into `testHome`. */
export function testConfig(settings: ConfigInput = {}): Config {
  return loadConfig({ home: testHome(), ...settings }, {}, "no-such-file.yaml");
}
