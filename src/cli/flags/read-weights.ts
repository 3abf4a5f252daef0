import { badFlag } from "./bad-flag.ts";
import { readFraction } from "./read-number.ts";

export type Weights = Readonly<Record<string, number>>;

/** Reader of weights by symbol, e.g. `AAPL=0.5,MSFT=30%`; the flag may be given several times. */
export function readWeights(flag: string): (text: string, before?: Weights) => Weights {
  // With leverage a weight of 2 can be meant.
  const read = readFraction(flag, 20);
  return (text, before = {}) => {
    const weights: Record<string, number> = { ...before };
    for (const part of text.split(/[\s,]+/).filter((one) => one !== "")) {
      const [, symbol, value] = /^([^=]+)=([^=]+)$/.exec(part) ?? [];
      if (symbol === undefined || value === undefined) {
        throw badFlag(flag, `"${part}" is not SYMBOL=weight.`, `Write it like ${flag} AAPL=0.5,MSFT=0.3.`);
      }
      const name = symbol.toUpperCase();
      if (Object.hasOwn(weights, name))
        throw badFlag(flag, `${name} is given twice.`, "Give each symbol once.");
      weights[name] = read(value);
    }
    if (Object.keys(weights).length === 0) {
      throw badFlag(flag, "it names no symbol.", `Write it like ${flag} AAPL=0.5,MSFT=0.3.`);
    }
    return weights;
  };
}
