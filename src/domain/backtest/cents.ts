/** Money as reports show it: rounded to cents. The engine itself never rounds money. */
export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
