/** A fraction as a percentage with one decimal for a sentence: 0.2137 reads "21.4%". */
export function percent(fraction: number): string {
  return `${(Math.round(fraction * 1000) / 10).toFixed(1)}%`;
}
