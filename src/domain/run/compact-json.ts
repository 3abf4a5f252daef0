/** JSON for a model to read: from a thousand on numbers have two decimals, below nine significant digits. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== "number" || Number.isInteger(inner)) return inner;
    return Number(Math.abs(inner) >= 1000 ? inner.toFixed(2) : inner.toPrecision(9));
  });
}
