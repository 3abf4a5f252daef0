import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder for what tests keep, which goes with them. */
    homes: string;
  }
}

/** Around the tests of a project: a folder for their homes. */
export default function setup(project: TestProject): () => void {
  const homes = mkdtempSync(join(tmpdir(), "finagent-homes-"));
  project.provide("homes", homes);
  return () => rmSync(homes, { recursive: true, force: true });
}
