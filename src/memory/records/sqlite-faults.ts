import { FinAgentError } from "../../domain/errors.ts";

/** Result codes of SQLite (https://www.sqlite.org/rescode.html); the low byte of an extended code is its family. */
const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;
/** What a write ends with where a size limit or a quota, not the disk itself, is reached. */
const IO_ERROR_WRITE = IO_ERROR + 256 * 3;

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode : undefined;
}

/** Whether another process had the file just then. */
export function isBusy(error: unknown): boolean {
  const code = (resultCode(error) ?? 0) & 0xff;
  return code === BUSY || code === LOCKED;
}

export function closed(file: string): FinAgentError {
  return new FinAgentError("STORE_UNREACHABLE", `${file} has been closed.`, { hint: "Open it again." });
}

export function goneFile(file: string): FinAgentError {
  return new FinAgentError("STORE_UNREACHABLE", `${file} was deleted or replaced while it was in use.`, {
    hint: "Put it back, or start again to begin with an empty store; what was written since then is lost.",
    details: { file },
  });
}

/** What SQLite answered, in our words; what it did not say stays as it is. */
export function asStoreError(error: unknown, file: string): unknown {
  const code = resultCode(error);
  if (code === undefined) return error;
  const [name, what, hint] = wording(code);
  const said = error instanceof Error ? error.message : String(error);
  return new FinAgentError(name, `${file} ${what} (SQLite: ${said}).`, {
    hint,
    details: { file },
    cause: error,
  });
}

type Name = "STORE_BUSY" | "STORE_FULL" | "STORE_READ_ONLY" | "STORE_CORRUPT" | "STORE_UNREACHABLE";

function wording(code: number): [Name, string, string] {
  if (code === IO_ERROR_WRITE) return FULL_DISK;
  switch (code & 0xff) {
    case BUSY:
    case LOCKED:
      return [
        "STORE_BUSY",
        "was held by another process all the time",
        "End the process that holds it, or run again when it is done.",
      ];
    case FULL:
      return FULL_DISK;
    case READ_ONLY:
      return [
        "STORE_READ_ONLY",
        "cannot be written",
        "Change the permissions of the file and its folder, or give another folder with --home or FINAGENT_HOME.",
      ];
    case CORRUPT:
    case NOT_A_DATABASE:
      return [
        "STORE_CORRUPT",
        "is damaged or no SQLite file",
        "Put a backup in its place, or move it away to begin with an empty store.",
      ];
    case CANNOT_OPEN:
      return [
        "STORE_UNREACHABLE",
        "cannot be opened",
        "Give a folder that can be written with --home or FINAGENT_HOME.",
      ];
    default:
      return ["STORE_UNREACHABLE", "failed", "Check the disk that holds it, then run again."];
  }
}

const FULL_DISK: [Name, string, string] = [
  "STORE_FULL",
  "found no room on the disk; what was answered before is kept",
  "Free some space, or give a folder on another disk with --home or FINAGENT_HOME, then run again.",
];
