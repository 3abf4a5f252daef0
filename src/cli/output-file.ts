import { constants } from "node:fs";
import { access, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { badFlag } from "./flags/bad-flag.ts";

/** A file that will be written. */
export interface OutputFile {
  /** Absolute. */
  readonly path: string;
  /** Writes all of it or nothing: what was there before stays until the new text is complete. */
  write(text: string): Promise<void>;
}

/**
 * Makes sure, before anything is computed, that a file can be written there.
 * @param example of a name for it
 * @throws FinAgentError BAD_ARGUMENT naming the flag
 */
export async function outputFile(flag: string, given: string, example: string): Promise<OutputFile> {
  const hint = outputHint(flag, example);
  if (given.trim() === "") throw badFlag(flag, "the name of the file is empty.", hint);
  // A link stays a link: what it points to is replaced.
  const path = await realpath(given).catch(() => resolve(given));
  const [found, folder] = await Promise.all([kindOf(path), kindOf(dirname(path))]);
  if (found === "folder") throw badFlag(flag, `${given} is a folder.`, hint);
  if (found === "other") throw badFlag(flag, `${given} is not a regular file.`, hint);
  if (folder !== "folder") {
    throw badFlag(
      flag,
      `there is no folder ${dirname(path)}.`,
      "Create it, or name a file in another folder.",
    );
  }
  for (const needed of found === "file" ? [dirname(path), path] : [dirname(path)]) {
    await access(needed, constants.W_OK).catch(() => {
      throw badFlag(flag, `${needed} cannot be written to.`, hint);
    });
  }
  return {
    path,
    write: async (text) => {
      const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
      try {
        await writeFile(unfinished, text, { flag: "wx" });
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        const reason = error instanceof Error ? error.message : String(error);
        throw badFlag(flag, `${given} could not be written: ${reason}`, hint);
      }
    },
  };
}

/** What to do about a file that cannot be written. */
export function outputHint(flag: string, example: string): string {
  return `Name a file in a folder that you may write to, e.g. ${flag} ${example}.`;
}

async function kindOf(path: string): Promise<"none" | "file" | "folder" | "other"> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return "folder";
    return found.isFile() ? "file" : "other";
  } catch {
    return "none";
  }
}
