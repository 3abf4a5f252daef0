import { badFlag } from "./bad-flag.ts";

const AMOUNT = /^\$?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?([kmb])?$/i;

const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** Reader of an amount of money: 50000, 50k, 1.5m, $50,000. */
export function readMoney(flag: string): (text: string) => number {
  return (text) => {
    const [, digits, unit] = AMOUNT.exec(text.trim()) ?? [];
    const value = Number(digits?.replaceAll(",", "")) * (UNITS[unit?.toLowerCase() ?? ""] ?? 1);
    if (!Number.isFinite(value)) {
      throw badFlag(
        flag,
        `"${text}" is not an amount of money.`,
        "Write it like 50000, 50k, 1.5m or $50,000.",
      );
    }
    return value;
  };
}
