import { badFlag } from "./bad-flag.ts";

/** Reader of symbols, separated by commas or spaces; the flag may be given several times. */
export function readSymbols(flag: string): (text: string, before?: readonly string[]) => readonly string[] {
  return (text, before = []) => {
    const symbols = text.split(/[\s,]+/).filter((symbol) => symbol !== "");
    if (symbols.length === 0) throw badFlag(flag, "it names no symbol.", "Write it like AAPL,MSFT.");
    return [...before, ...symbols];
  };
}
