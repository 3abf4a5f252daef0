import { defineConfig } from "vitest/config";

const common = { testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      // Units share a process: nothing in src keeps state between calls that another test could see.
      { test: { ...common, name: "units", include: ["src/**/*.test.ts"], isolate: false } },
      { test: { ...common, name: "whole", include: ["tests/**/*.test.ts", "evals/**/*.test.ts"] } },
    ],
  },
});
