/** Half a character is the smallest step that every terminal font has from the top. */
const STEPS_PER_ROW = 2;

/** Other spaces are lost where lines are wrapped. */
const NO_BREAK_SPACE = "\u00a0";

/**
 * The fall from the highest value so far as an area that hangs from the top edge, `rows` lines high: each
 * character stands for the deepest fall of its stretch, the last line ends at the deepest of all. Any fall shows.
 * @param values positive at the start
 * @returns no lines where nothing falls
 */
export function drawDrawdown(values: readonly number[], width: number, rows: number): string[] {
  const count = Math.min(width, values.length);
  const falls = Array.from({ length: count }, () => 0);
  let high = -Infinity;
  for (const [i, value] of values.entries()) {
    high = Math.max(high, value);
    const column = Math.min(count - 1, Math.floor((i * count) / values.length));
    falls[column] = Math.max(falls[column] ?? 0, 1 - value / high);
  }
  const deepest = Math.max(0, ...falls);
  if (deepest === 0) return [];
  const steps = falls.map((fall) =>
    fall === 0 ? 0 : Math.max(1, Math.round((fall / deepest) * rows * STEPS_PER_ROW)),
  );
  return Array.from({ length: rows }, (_, row) =>
    steps
      .map((step) => {
        const left = step - row * STEPS_PER_ROW;
        if (left >= STEPS_PER_ROW) return "█";
        if (left === 1) return "▀";
        return row === 0 ? "▔" : NO_BREAK_SPACE;
      })
      .join("")
      .trimEnd(),
  );
}
