/** The panel row of each of a symbol's bars; `index` is its column of Panel.barAt. */
export function barRows(index: Int32Array, bars: number): Int32Array {
  const rows = new Int32Array(bars);
  for (let row = 0; row < index.length; row += 1) {
    const bar = index[row] ?? -1;
    if (bar >= 0) rows[bar] = row;
  }
  return rows;
}
