/** A score with two decimals for a sentence; a rounded zero has no sign. */
export function formatScore(score: number): string {
  return (Math.round(score * 100) / 100).toFixed(2);
}
