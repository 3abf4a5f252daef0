const TOLERANCE = 0.005;
const PARTS = [1, 2, 3, 4, 5];

/** The ratio of small whole numbers that a rounded split was made by: 4, 1.5 or 0.1; NaN where none is near. */
export function splitRatioNear(value: number): number {
  const size = Math.max(value, 1 / value);
  const part = PARTS.find((one) => Math.abs(Math.round(size * one) / one / size - 1) < TOLERANCE);
  const whole = part === undefined ? NaN : Math.round(size * part) / part;
  return value >= 1 ? whole : 1 / whole;
}
