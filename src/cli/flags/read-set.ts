import { readFileSync } from "node:fs";
import { badFlag } from "./bad-flag.ts";

/** Settings whose value is a text, whatever it looks like. */
const TEXTS = /^(?:request$|model$|prompt\.)/;

type Settings = Readonly<Record<string, unknown>>;

/**
 * `NAME=VALUE`: a number, true, false, null or a list in JSON, else a text. Instructions may stand in a file: @FILE.
 */
export function readSet(text: string, before: Settings = {}): Settings {
  const end = text.indexOf("=");
  const name = text.slice(0, end).trim();
  if (end < 1 || name === "") {
    const hint = 'Write it like --set input.settings.commission=0.001 or --set "request=Analyze MSFT".';
    throw badFlag("--set", `"${text}" is not NAME=VALUE.`, hint);
  }
  const value = text.slice(end + 1);
  return { ...before, [name]: TEXTS.test(name) ? textOf(name, value) : valueOf(value) };
}

function textOf(name: string, value: string): string {
  if (!name.startsWith("prompt.") || !value.startsWith("@")) return value;
  const path = value.slice(1);
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw badFlag("--set", `the file ${path} cannot be read.`, "Write --set prompt.AGENT=@FILE.");
  }
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
