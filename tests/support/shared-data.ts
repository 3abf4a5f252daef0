import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Real prices and published results live beside the checkout and are not part of the project. Tests that
 * need them are declared with `describe.skipIf(!hasSharedData)` and so say that they were skipped.
 */
const ROOT = fileURLToPath(new URL("../../../shared/data", import.meta.url));

export const hasSharedData = existsSync(join(ROOT, "INDEX.md"));

export function sharedPath(...parts: string[]): string {
  return join(ROOT, ...parts);
}

export function readShared(...parts: string[]): string {
  return readFileSync(sharedPath(...parts), "utf8");
}

export function readSharedJson(...parts: string[]): unknown {
  return JSON.parse(readShared(...parts));
}
