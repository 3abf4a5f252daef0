import { badFlag } from "./bad-flag.ts";
import { readFraction } from "./read-number.ts";
import { readMoney } from "./read-money.ts";

export interface Tier {
  readonly fromNotional: number;
  readonly rate: number;
}

/** Reader of `--commission-tier money=rate`, once per tier: from so much money traded on, that rate. */
export function readTier(flag: string): (text: string, before?: readonly Tier[]) => Tier[] {
  return (text, before = []) => {
    const [, money, rate] = /^\s*([^=]+?)\s*=\s*([^=]+?)\s*$/.exec(text) ?? [];
    if (money === undefined || rate === undefined) {
      throw badFlag(flag, `"${text}" is not money=rate.`, `Write it like ${flag} 1m=0.0003.`);
    }
    const tier = { fromNotional: readMoney(flag)(money), rate: readFraction(flag)(rate) };
    return [...before, tier].sort((a, b) => a.fromNotional - b.fromNotional);
  };
}
