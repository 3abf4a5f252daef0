import type { Signal } from "../signal.ts";

/** The room of the last writer that was done, for the next one: a sweep makes thousands of signals. */
let spare: { readonly bars: Int32Array; readonly sides: Int8Array } | null = null;

const NO_BARS = new Int32Array(0);
const NO_SIDES = new Int8Array(0);

/** Collects a signal; only what changes the position is kept. */
export class SignalWriter {
  #bars: Int32Array;
  #sides: Int8Array;
  #count = 0;
  #standing = 0;

  constructor() {
    this.#bars = spare?.bars ?? new Int32Array(256);
    this.#sides = spare?.sides ?? new Int8Array(256);
    spare = null;
  }

  /** At the close of `bar`, later than all before it, the position shall become `side`. */
  write(bar: number, side: number): void {
    if (side === this.#standing) return;
    if (this.#count === this.#bars.length) this.#grow();
    this.#bars[this.#count] = bar;
    this.#sides[this.#count] = side;
    this.#count += 1;
    this.#standing = side;
  }

  /** The signal; nothing can be written after that. */
  done(): Signal {
    const bars = this.#bars;
    const sides = this.#sides;
    spare = { bars, sides };
    this.#bars = NO_BARS;
    this.#sides = NO_SIDES;
    return { bars: bars.slice(0, this.#count), sides: sides.slice(0, this.#count) };
  }

  #grow(): void {
    const bars = new Int32Array(4 * this.#bars.length);
    const sides = new Int8Array(bars.length);
    bars.set(this.#bars);
    sides.set(this.#sides);
    this.#bars = bars;
    this.#sides = sides;
  }
}
