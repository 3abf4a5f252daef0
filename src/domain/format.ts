/** A fraction as percent: 0.1234 -> 12.3%. */
export function percent(fraction: number | null | undefined, digits = 1): string {
  if (fraction === null || fraction === undefined) return "n/a";
  const text = (fraction * 100).toFixed(digits);
  return `${Number(text) === 0 ? text.replace("-", "") : text}%`;
}

const upToThreePercent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 3 });

/** A small fraction as percent without closing zeros: 0.0005 -> 0.05%. */
export function rate(fraction: number): string {
  return upToThreePercent.format(fraction);
}

/** A plain ratio with two decimals. */
export function ratio(value: number | null | undefined): string {
  if (value === null || value === undefined) return "n/a";
  const text = value.toFixed(2);
  return Number(text) === 0 ? "0.00" : text;
}

const twoDecimals = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const upToFour = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** An amount in the currency of the prices: 51,422.99. */
export function money(value: number): string {
  return twoDecimals.format(value);
}

/** Shares, whole or fractional. */
export function shares(value: number): string {
  return upToFour.format(value);
}

export function count(value: number): string {
  return whole.format(value);
}

/** `1 bar`, `125 bars`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** An ISO 8601 time as a day; bars within a day keep the minute, in UTC. */
export function barTime(time: string, interval: string): string {
  return interval === "1d" ? time.slice(0, 10) : time.slice(0, 16).replace("T", " ");
}

/** How long something took: 38 ms, 1.2 s, 2 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
