import type { Check } from "./check.ts";

const LEAST_MAJOR = 24;

/** `version` as `process.versions.node` has it. */
export function checkNode(version: string): Check {
  const name = "Node.js";
  if (Number(version.split(".")[0]) >= LEAST_MAJOR) return { name, status: "ok", message: version };
  return {
    name,
    status: "fail",
    message: `${version}, but FinAgent needs ${LEAST_MAJOR} or later`,
    next: "Run it through npm (npm run finagent -- …), which brings its own Node.js.",
    exitStatus: 2,
  };
}
