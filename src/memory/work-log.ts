import { appendFile, mkdir, readFile, rm, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WorkLog } from "../domain/ports.ts";

/** Work logs as files `<folder>/<name>.jsonl`, a line per entry. */
export function fileWorkLog(folder: string): WorkLog {
  const fileOf = (name: string): string => join(folder, `${name}.jsonl`);
  return {
    read: async (name) => {
      const text = await readFile(fileOf(name), "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return "";
        throw error;
      });
      // What follows the last line break was being written when a process ended; the next entry must not follow it.
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      if (whole.length < text.length) await truncate(fileOf(name), Buffer.byteLength(whole));
      return whole.split("\n").slice(0, -1);
    },
    append: async (name, entry) => {
      const file = fileOf(name);
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, `${entry}\n`);
    },
    clear: (name) => rm(fileOf(name), { force: true }),
  };
}
