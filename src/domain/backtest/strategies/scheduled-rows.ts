/** Rows `first`, `first + every`, … below `rows`: the schedule of strategies that decide at fixed intervals. */
export function scheduledRows(rows: number, first: number, every: number): Int32Array {
  const count = Math.max(0, Math.ceil((rows - first) / every));
  return Int32Array.from({ length: count }, (_, k) => first + k * every);
}
