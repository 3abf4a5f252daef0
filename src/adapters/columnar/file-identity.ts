import type { BigIntStats } from "node:fs";
import { resolve } from "node:path";

/** A file that was written this shortly before may be written again without a trace in its times. */
const SETTLED_MS = 2000;

/**
 * What tells one state of a file from any other without reading it: where it is, its inode, size, and the times of its
 * last writing and of its last change, which no program can set back. Null while it is too fresh for its times to
 * tell (under two seconds at `now`, epoch milliseconds), or where they lie in the future.
 */
export function fileIdentity(path: string, stats: BigIntStats, now: number): string | null {
  const latest = Number(stats.mtimeNs > stats.ctimeNs ? stats.mtimeNs : stats.ctimeNs) / 1e6;
  if (!(latest < now - SETTLED_MS)) return null;
  return [resolve(path), stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join("|");
}
