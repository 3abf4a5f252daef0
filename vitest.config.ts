import { defineConfig } from "vitest/config";

const common = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // Tests that want a Redis say so; for all others a variable of the machine's must not change what is tested.
  env: { REDIS_URL: "" },
  globalSetup: ["tests/support/home-for-tests.ts"],
};

const units = ["src/**/*.test.ts"];
const whole = ["tests/**/*.test.ts", "evals/**/*.test.ts"];
const memory = ["src/memory/**/*.test.ts", "tests/memory/**/*.test.ts"];

const redis = { globalSetup: [...common.globalSetup, "tests/support/redis-for-tests.ts"] };

export default defineConfig({
  test: {
    projects: [
      // Units share a process: nothing in src keeps state between calls that another test could see.
      { test: { ...common, name: "units", include: units, exclude: memory, isolate: false } },
      { test: { ...common, name: "whole", include: whole, exclude: memory } },
      { test: { ...common, ...redis, name: "memory", include: memory, isolate: false } },
    ],
  },
});
