/** Round values within a range, at most about so many: steps of 1, 2, 2.5 or 5 times a power of ten. */
export function niceTicks(low: number, high: number, most: number): number[] {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const exponent = Math.floor(Math.log10(span / most));
  for (const step of [1, 2, 2.5, 5, 10, 20]) {
    const width = step * 10 ** exponent;
    const from = Math.ceil(low / width - 1e-9);
    const to = Math.floor(high / width + 1e-9);
    if (to - from + 1 > most) continue;
    return Array.from({ length: to - from + 1 }, (_, i) => clean((from + i) * width));
  }
  return [low, high];
}

/** Round values within a positive range for a logarithmic axis, as many as there is room for. */
export function logTicks(low: number, high: number, most: number): number[] {
  // Over so small a range a logarithmic axis is nearly linear.
  if (high / low < 4) return niceTicks(low, high, most);
  for (const multiples of [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]]) {
    const ticks = within(low, high, multiples);
    if (ticks.length > 0 && ticks.length <= most) return ticks;
  }
  const decades = within(low, high, [1]);
  const every = Math.ceil(decades.length / most);
  return decades.filter((_, i) => i % every === 0);
}

function within(low: number, high: number, multiples: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const multiple of multiples) {
      const tick = clean(multiple * 10 ** power);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

function clean(value: number): number {
  return Number(value.toPrecision(12));
}
