/** JSON for a model to read: numbers at six significant digits, nothing else changed. */
export function compactJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "number" && !Number.isInteger(inner) ? Number(inner.toPrecision(6)) : inner,
  );
}
