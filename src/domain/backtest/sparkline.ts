const LEVELS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;

/**
 * Values as a line of at most `width` block characters from the lowest (▁) to the highest (█). Where there
 * are more values than characters, each stands for the last value of its stretch, so that the line ends
 * where the values end. A flat line is drawn in the middle.
 * @param values finite numbers
 */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const count = Math.min(width, values.length);
  const shown = Array.from(
    { length: count },
    (_, i) => values[Math.ceil(((i + 1) * values.length) / count) - 1] ?? NaN,
  );
  const low = Math.min(...shown);
  const range = Math.max(...shown) - low;
  return shown
    .map((value) => LEVELS[range === 0 ? 3 : Math.round(((value - low) / range) * (LEVELS.length - 1))])
    .join("");
}
