import { badFlag } from "./bad-flag.ts";

/** Values by parameter, as they were typed. */
export type GridTexts = Readonly<Record<string, string>>;

/** Reader of `--grid fast=5:60:5 slow=20,50,100`: several after one flag, or the flag several times. */
export function readGrid(flag: string): (text: string, before?: GridTexts) => GridTexts {
  return (text, before = {}) => {
    const [, name, values] = /^\s*([\w-]+)\s*=\s*(.+?)\s*$/.exec(text) ?? [];
    if (name === undefined || values === undefined) {
      throw badFlag(
        flag,
        `"${text}" is not name=values.`,
        `Write it like ${flag} fast=5:60:5 slow=20,50,100.`,
      );
    }
    if (Object.hasOwn(before, name)) {
      throw badFlag(flag, `${name} is given twice.`, "Give all values of a parameter together.");
    }
    return { ...before, [name]: values };
  };
}
