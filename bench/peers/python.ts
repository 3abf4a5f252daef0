import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Column } from "../../src/domain/market/column.ts";

const SCRIPT = fileURLToPath(new URL("sma-cross.py", import.meta.url));

const answer = z.array(z.object({ name: z.string(), ms: z.number() }));

/** What numpy, vectorbt and backtesting.py take on these bars, as far as a Python on the path has them. */
export function pythonRuns(open: Column, close: Column): z.output<typeof answer> {
  const folder = mkdtempSync(join(tmpdir(), "finagent-bench-"));
  try {
    const file = join(folder, "bars.f64");
    writeFileSync(
      file,
      Buffer.concat([open, close].map((column) => Buffer.from(new Float64Array(column).buffer))),
    );
    const { status, stdout, stderr } = spawnSync("python3", [SCRIPT, file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (stderr !== "" && stderr !== null) process.stderr.write(stderr);
    return status === 0 ? answer.parse(JSON.parse(stdout)) : [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
