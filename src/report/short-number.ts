const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 4 });
const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** An amount for an axis: 1.5M, 120K, 450, 0.012. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) return compact.format(value);
  return size >= 1 || size === 0 ? plain.format(value) : small.format(value);
}

/** A fraction for an axis, with no more decimals than it needs: 20%, 2.5%, -0.05%. */
export function shortPercent(fraction: number): string {
  return `${plain.format(Number((fraction * 100).toPrecision(4)))}%`;
}
