import type { Column } from "../../src/domain/market/column.ts";

/** A position within costs of its weight is left alone, as the engine does. */
function sharesFor(weight: number, held: number, equity: number, price: number, cost: number): number {
  const most = (weight * equity) / price;
  const least = most / cost;
  return held < least ? least : held > most ? most : held;
}

/**
 * The plain loop: at every close the `top` symbols by return over `lookback` rows, in equal parts, traded at the
 * next open with a commission on what is traded; sales first, purchases with the cash that there is. Only what
 * is held or bought is looked at.
 */
export function momentumTopLoop(
  open: readonly Column[],
  close: readonly Column[],
  lookback: number,
  top: number,
  commission: number,
  capital: number,
): Column {
  const symbols = close.length;
  const rows = close[0]?.length ?? 0;
  const equity = new Float64Array(rows);
  const shares = new Float64Array(symbols);
  const sorted = new Float64Array(symbols);
  const chosen = new Uint8Array(symbols);
  let held = new Int32Array(2 * top);
  let next = new Int32Array(2 * top);
  let count = 0;
  const picks = new Int32Array(top);
  const wanted = new Float64Array(symbols);
  const cost = 1 + commission;
  const weight = 1 / top;
  const momentum = momenta(close, lookback);
  let cash = capital;
  for (let t = 0; t < rows; t += 1) {
    if (t > lookback) {
      let total = cash;
      for (let k = 0; k < count; k += 1) {
        const s = held[k] ?? 0;
        total += (shares[s] ?? NaN) * (open[s]?.[t] ?? NaN);
      }
      let kept = 0;
      for (let k = 0; k < count; k += 1) {
        const s = held[k] ?? 0;
        if (chosen[s] === 1) continue;
        const sold = (shares[s] ?? NaN) * (open[s]?.[t] ?? NaN);
        cash += sold - sold * commission;
        shares[s] = 0;
      }
      let need = 0;
      for (let k = 0; k < top; k += 1) {
        const s = picks[k] ?? 0;
        const price = open[s]?.[t] ?? NaN;
        const has = shares[s] ?? NaN;
        const size = sharesFor(weight, has, total, price, cost);
        wanted[s] = 0;
        next[kept] = s;
        kept += 1;
        if (size < has) {
          const sold = (has - size) * price;
          cash += sold - sold * commission;
          shares[s] = size;
        } else if (size > has) {
          wanted[s] = size;
          need += (size - has) * price * cost;
        }
      }
      const scale = need > cash * (1 + 1e-9) ? Math.max(0, cash) / need : 1;
      for (let k = 0; k < top; k += 1) {
        const s = picks[k] ?? 0;
        const size = wanted[s] ?? NaN;
        if (size === 0) continue;
        const has = shares[s] ?? NaN;
        const more = (size - has) * scale;
        const spent = more * (open[s]?.[t] ?? NaN);
        cash -= spent + spent * commission;
        shares[s] = has + more;
      }
      const spare = held;
      held = next;
      next = spare;
      count = kept;
    }
    let value = cash;
    for (let k = 0; k < count; k += 1) {
      const s = held[k] ?? 0;
      value += (shares[s] ?? NaN) * (close[s]?.[t] ?? NaN);
    }
    equity[t] = value;
    if (t < lookback) continue;
    const row = momentum.subarray(t * symbols, (t + 1) * symbols);
    sorted.set(row);
    const least = nthGreatest(sorted, top);
    let picked = 0;
    for (let s = 0; s < symbols; s += 1) {
      const taken = (row[s] ?? NaN) >= least;
      chosen[s] = taken ? 1 : 0;
      if (taken && picked < top) {
        picks[picked] = s;
        picked += 1;
      }
    }
  }
  return equity;
}

/** close[t] / close[t - lookback], row after row; eight rows at a time, a cache line of each column. */
function momenta(close: readonly Column[], lookback: number): Float64Array {
  const symbols = close.length;
  const rows = close[0]?.length ?? 0;
  const out = new Float64Array(rows * symbols);
  for (let first = lookback; first < rows; first += 8) {
    const end = Math.min(rows, first + 8);
    for (const [s, column] of close.entries()) {
      for (let t = first; t < end; t += 1) {
        out[t * symbols + s] = (column[t] ?? NaN) / (column[t - lookback] ?? NaN);
      }
    }
  }
  return out;
}

/** Hoare's selection: the n-th greatest value; the values are moved about. */
function nthGreatest(values: Float64Array, n: number): number {
  const wanted = values.length - n;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? NaN;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? NaN) < pivot) i += 1;
      while ((values[j] ?? NaN) > pivot) j -= 1;
      if (i <= j) {
        const swap = values[i] ?? NaN;
        values[i] = values[j] ?? NaN;
        values[j] = swap;
        i += 1;
        j -= 1;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted] ?? NaN;
}
