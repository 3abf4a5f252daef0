import { readFile } from "node:fs/promises";
import { FinAgentError } from "../../domain/errors.ts";

/** @throws FinAgentError DATA_UNREADABLE (missing, no permission, a directory), DATA_INVALID (empty) */
export async function readText(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw unreadable(path, cause);
  }
  const content = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (content.trim() !== "") return content;
  throw new FinAgentError("DATA_INVALID", `${path} is empty.`, {
    hint: "Fetch the file again, or remove it.",
    details: { file: path },
  });
}

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: [
    "there is no such file or directory",
    "Check the path; csv:DIR is relative to where the command runs.",
  ],
  ENOTDIR: ["it is a file, not a directory", "Name the directory that holds the price files."],
  EISDIR: ["it is a directory, not a file", "Put the prices of one symbol into one file SYMBOL.csv."],
  EACCES: ["the permission to read it is missing", "Grant yourself read permission, or copy the file."],
  EPERM: ["the permission to read it is missing", "Grant yourself read permission, or copy the file."],
};

/** A failed file operation as an error that a person can act on. */
export function unreadable(path: string, cause: unknown): FinAgentError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const [reason, hint] = REASONS[code] ?? [`the system says ${code || String(cause)}`, "Check the file."];
  return new FinAgentError("DATA_UNREADABLE", `${path} cannot be read: ${reason}.`, {
    hint,
    details: { file: path },
    cause,
  });
}
