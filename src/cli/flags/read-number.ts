import { badFlag } from "./bad-flag.ts";

const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number and nothing else around it; null where the text is none. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  const value = DECIMAL.test(trimmed) ? Number(trimmed) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** Reader of a flag that takes a number, e.g. `--slippage-bps 2.5`. */
export function readNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (value === null) throw badFlag(flag, `"${text}" is not a number.`, "Write digits, e.g. 5 or 2.5.");
    return value;
  };
}

/** Reader of a flag that takes any number, or percent: `1.2`, `-0.1`, `-10%`. */
export function readFigure(flag: string): (text: string) => number {
  return (text) => {
    const percent = /^(.*)%$/.exec(text.trim());
    const value = parseNumber(percent?.[1] ?? text);
    if (value !== null) return percent === null ? value : value / 100;
    throw badFlag(flag, `"${text}" is not a number.`, "Write a number (1.2) or percent (12%).");
  };
}

/** Reader of a flag that counts, e.g. `--rebalance 21`. */
export function readInteger(flag: string): (text: string) => number {
  return (text) => {
    const value = parseNumber(text);
    if (value === null || !Number.isSafeInteger(value) || value < 0) {
      throw badFlag(flag, `"${text}" is not a whole number of zero or more.`, "Write digits only, e.g. 21.");
    }
    return value;
  };
}

/**
 * Reader of a flag that takes a share of something: a fraction (0.2) or percent (20%).
 * @param most a plain number above it can hardly be meant as a fraction; whoever means it writes percent
 */
export function readFraction(flag: string, most = 1): (text: string) => number {
  return (text) => {
    const percent = /^(.*)%$/.exec(text.trim());
    const value = parseNumber(percent?.[1] ?? text);
    if (value === null) {
      throw badFlag(flag, `"${text}" is not a fraction.`, "Write a fraction (0.2) or percent (20%).");
    }
    if (percent === null && value > most) {
      const plain = text.trim();
      const meant = `${Number((100 * value).toPrecision(12))}%`;
      throw badFlag(
        flag,
        `${plain} is ${meant}.`,
        `Did you mean ${plain}%? A number without % is a fraction.`,
      );
    }
    // 0.07 from "7%": dividing keeps the nearest number, multiplying by 0.01 would not.
    return percent === null ? value : value / 100;
  };
}
