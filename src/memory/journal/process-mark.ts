import { readFileSync } from "node:fs";

/** Where the start of a process stands in /proc/PID/stat, counted from its state. */
const START = 19;

/**
 * Tells a process from a later one that was given its number: which boot of the machine it belongs to, and when it
 * started. Null where it has ended, and on systems that do not say (all but Linux).
 */
export function processMark(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name before the last bracket may hold anything.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? null : `${boot}/${fields[START - 1]}`;
  } catch {
    return null;
  }
}
