import { badFlag } from "./bad-flag.ts";
import { type Params, readParam } from "./read-param.ts";

/** A strategy and its parameters. */
export interface Side {
  readonly strategy: string;
  readonly params: Params;
}

/** Reader of a strategy with its parameters in one word: `sma-cross:fast=10,slow=30`, or `./mine.ts:n=5`. */
export function readSide(name: string): (text: string) => Side {
  return (text) => {
    const [, strategy = "", list] = /^(.*?)(?::([\w-]+\s*=.*))?$/.exec(text.trim()) ?? [];
    if (strategy === "")
      throw badFlag(name, "it names no strategy.", "Write it like sma-cross:fast=10,slow=30.");
    const read = readParam(name);
    const params = (list ?? "").split(",").filter((part) => part.trim() !== "");
    return { strategy, params: params.reduce<Params>((before, part) => read(part, before), {}) };
  };
}
