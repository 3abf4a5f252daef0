import { defineConfig } from "vitest/config";

/** Settings of the machine reach no test: an empty variable is none. Tests that want a Redis say so. */
const UNSET = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(FINAGENT_|OPENAI_|REDIS_|PORT$)/.test(name))
    .map((name) => [name, ""]),
);

const common = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  env: UNSET,
  globalSetup: ["tests/support/home-for-tests.ts"],
};

const units = ["src/**/*.test.ts"];
const whole = ["tests/**/*.test.ts", "evals/**/*.test.ts"];
const memory = ["src/memory/**/*.test.ts", "tests/memory/**/*.test.ts"];

const redis = { globalSetup: [...common.globalSetup, "tests/support/redis-for-tests.ts"] };

export default defineConfig({
  test: {
    // All cores: some files wait for others' processes most of their time.
    maxWorkers: "100%",
    projects: [
      // Files share processes: nothing in src keeps state between calls that another test could see, and loading all
      // anew for each file would take longer than most of them.
      { test: { ...common, name: "units", include: units, exclude: memory, isolate: false } },
      { test: { ...common, name: "whole", include: whole, exclude: memory, isolate: false } },
      { test: { ...common, ...redis, name: "memory", include: memory, isolate: false } },
    ],
  },
});
