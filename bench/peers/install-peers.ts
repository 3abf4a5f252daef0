import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const BENCH = fileURLToPath(new URL("..", import.meta.url));

/** Loads a peer as CommonJS, from the benchmark's own modules. */
export const requirePeer: (name: string) => unknown = createRequire(`${BENCH}package.json`);

/** Installs the peers where they are not yet; false, with the reason on stderr, where that fails. */
export function installPeers(): boolean {
  if (existsSync(`${BENCH}node_modules/grademark`)) return true;
  try {
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"], {
      cwd: BENCH,
      stdio: ["ignore", "ignore", "pipe"],
    });
    return true;
  } catch (error) {
    process.stderr.write(
      `The npm peers were not installed: ${error instanceof Error ? error.message : ""}\n`,
    );
    return false;
  }
}
