/** Nobody pays more than this for each trade; a gain that survives it has no break-even worth naming. */
export const HIGHEST_RATE = 0.05;

/** A hundredth of a basis point. */
const PRECISION = 1e-6;
const MOST_STEPS = 40;

/**
 * The rate at which a gain that falls with it is gone, by the Illinois variant of the false position (Dowell and
 * Jarratt, BIT 11, 1971). Null where there is no gain at rate 0; Infinity where it survives HIGHEST_RATE.
 * @param gain at a rate, e.g. of the logarithm of final wealth, which is nearly a straight line
 */
export function breakEvenRate(gain: (rate: number) => number): number | null {
  let low = 0;
  let atLow = gain(0);
  if (!(atLow > 0)) return null;
  let high = 0.001;
  let atHigh = gain(high);
  while (atHigh > 0) {
    if (high >= HIGHEST_RATE) return Infinity;
    low = high;
    atLow = atHigh;
    high = Math.min(HIGHEST_RATE, high * 4);
    atHigh = gain(high);
  }
  let before = 0;
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION; step += 1) {
    // A ruin has no logarithm to interpolate.
    const rate = Number.isFinite(atHigh) ? low + ((high - low) * atLow) / (atLow - atHigh) : (low + high) / 2;
    const value = gain(rate);
    if (Math.abs(value) < 1e-10) return rate;
    const side = Math.sign(value);
    if (side > 0) {
      low = rate;
      atLow = value;
      if (before > 0) atHigh /= 2;
    } else {
      high = rate;
      atHigh = value;
      if (before < 0) atLow /= 2;
    }
    before = side;
  }
  return (low + high) / 2;
}
