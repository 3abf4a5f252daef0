/** Whether a value takes about more than so many characters as JSON; looks at no more of it than that takes. */
export function isLonger(value: unknown, length: number): boolean {
  return left(value, length) < 0;
}

function left(value: unknown, length: number): number {
  if (typeof value === "string") return length - value.length - 2;
  if (typeof value !== "object" || value === null) return length - 4;
  if (ArrayBuffer.isView(value)) return length - value.byteLength;
  let rest = length - 2;
  for (const key in value) {
    if (rest < 0) return rest;
    rest = left(
      (value as Record<string, unknown>)[key],
      Array.isArray(value) ? rest - 1 : rest - key.length - 4,
    );
  }
  return rest;
}
