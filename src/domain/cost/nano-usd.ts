/** Amounts are added up in whole billionths of a dollar, so that nothing is lost and nothing left over. */
const PER_USD = 1e9;

/** Rounded up: a sum of amounts is never less than what was spent. */
export function toNanoUsd(usd: number): number {
  return Math.ceil(Number((usd * PER_USD).toFixed(3)));
}

/** Rounded down, for a limit. */
export function limitInNanoUsd(usd: number): number {
  return Math.floor(Number((usd * PER_USD).toFixed(3)));
}

export function fromNanoUsd(nano: number): number {
  return nano / PER_USD;
}

/** `$1.25`, `$0.000345`: to the millionth, with no fewer than two decimals. */
export function writeUsd(usd: number): string {
  return `$${usd.toFixed(6).replace(/0{1,4}$/, "")}`;
}
