import { badFlag } from "./bad-flag.ts";
import { parseNumber } from "./read-number.ts";

export type Params = Readonly<Record<string, number | string | boolean>>;

/** Reader of `--param name=value`, given once per parameter. Numbers and true/false are read as such. */
export function readParam(flag: string): (text: string, before?: Params) => Params {
  return (text, before = {}) => {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*(.+?)\s*$/.exec(text) ?? [];
    if (name === undefined || value === undefined) {
      throw badFlag(flag, `"${text}" is not name=value.`, `Write it like ${flag} fast=10.`);
    }
    if (Object.hasOwn(before, name)) {
      throw badFlag(flag, `${name} is given twice.`, "Give each parameter once.");
    }
    return { ...before, [name]: readValue(value) };
  };
}

function readValue(text: string): number | string | boolean {
  if (text === "true" || text === "false") return text === "true";
  return parseNumber(text) ?? text;
}
