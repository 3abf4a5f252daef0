/** A gain with its sign; what is shown as zero has none. */
export function signed(value: number | null, show: (value: number) => string): string {
  if (value === null) return "n/a";
  const text = show(value);
  return `${value > 0 && text !== show(0) ? "+" : ""}${text}`;
}
