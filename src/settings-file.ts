import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { distance } from "fastest-levenshtein";
import type * as Yaml from "yaml";
import type { z } from "zod";
import { describeIssue } from "./domain/describe-issue.ts";
import { FinAgentError } from "./domain/errors.ts";

export type Tree = { [key: string]: unknown };

export function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The settings of a YAML file; none where it is not there.
 * @throws FinAgentError BAD_CONFIG naming the file and, where it is no YAML, the line; never its text, which
 *   may hold a key
 */
export function readSettings(file: string): Tree {
  if (!existsSync(file)) return {};
  const yaml = loadYaml();
  let parsed: unknown;
  try {
    parsed = yaml.parse(readFileSync(file, "utf8"), { logLevel: "error" });
  } catch (cause) {
    throw unreadable(file, cause, yaml);
  }
  if (parsed === null || parsed === undefined) return {};
  if (isTree(parsed)) return parsed;
  throw new FinAgentError("BAD_CONFIG", `${file} must hold settings by name.`, {
    hint: "Write a setting per line, e.g. `data: csv:./prices`.",
    details: { file },
  });
}

/** Its seventy modules take a while to load, and most runs have no file. */
function loadYaml(): typeof Yaml {
  return createRequire(import.meta.url)("yaml") as typeof Yaml;
}

function unreadable(file: string, cause: unknown, yaml: typeof Yaml): FinAgentError {
  if (!(cause instanceof yaml.YAMLParseError)) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return new FinAgentError("BAD_CONFIG", `${file} cannot be read: ${reason}.`, {
      hint: "Make it a file that you may read, or remove it.",
      details: { file },
      cause,
    });
  }
  const line = cause.linePos?.[0].line ?? 1;
  const problem = /^[^:\n]*?(?= at line|:|\n|$)/.exec(cause.message)?.[0] ?? "";
  return new FinAgentError("BAD_CONFIG", `${file} line ${line} is not YAML: ${problem}.`, {
    hint: "Correct the line: a name, a colon, a space and the value; two spaces more for what belongs under it.",
    details: { file, line },
  });
}

/**
 * What a person is told about settings that do not fit.
 * @param names of all settings, e.g. `openai.baseUrl`
 * @param givenBy what else than the file gave the setting at a path
 */
export function settingError(
  error: z.ZodError,
  file: string,
  names: readonly string[],
  givenBy: (path: readonly string[]) => string | undefined,
): FinAgentError {
  const [issue] = error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue === undefined || issue.code === "unrecognized_keys") {
    const unknown = [...path, issue?.keys[0] ?? ""];
    const field = unknown.join(".");
    const near = names.filter((name) => name.startsWith(field) || distance(name, field) <= 2);
    const meant =
      near[0] === undefined ? `The settings are ${names.join(", ")}.` : `Did you mean ${near[0]}?`;
    const from = givenBy(unknown) ?? file;
    return new FinAgentError("BAD_CONFIG", `There is no setting ${field}.`, {
      hint: `It comes from ${from}: correct or remove it there. ${meant}`,
      details: { field, from },
    });
  }
  const field = path.join(".");
  const from = givenBy(path) ?? file;
  return new FinAgentError("BAD_CONFIG", `The setting ${field} is wrong: ${describeIssue(issue)}.`, {
    hint: `It comes from ${from}: correct it there.`,
    details: { field, from },
  });
}
