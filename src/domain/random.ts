import { createHash } from "node:crypto";

/** Four 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number];

const TWO_32 = 4_294_967_296;
const TWO_26 = 67_108_864;

/**
 * A seeded stream of random numbers: xoshiro128** 1.1 by D. Blackman and S. Vigna
 * (https://prng.di.unimi.it/xoshiro128starstar.c, ACM TOMS 47(4), 2021).
 *
 * Everything is computed with integer operations, + - * / and square root, whose results IEEE 754 fixes to the
 * bit. Math.log, Math.exp and powers may differ between engines in the last bit, so they are not used: a
 * seed gives the same numbers on every machine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #spare: number | undefined;
  readonly #path: string;

  /** Most callers want `randomFrom(seed)`. `path` is what forks are named under. */
  constructor(state: RandomState, path: string = state.join(",")) {
    const [a, b, c, d] = state;
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
    if ((this.#a | this.#b | this.#c | this.#d) === 0) {
      throw new RangeError("The state of xoshiro128** must not be all zero.");
    }
    this.#path = path;
  }

  /** An integer in [0, 2^32). */
  bits(): number {
    const times5 = Math.imul(this.#b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * TWO_26 + low) / (TWO_26 * TWO_26 * 2);
  }

  /** An integer in [0, below), each equally likely; `below` is an integer from 1 to 2^32. */
  integer(below: number): number {
    if (!Number.isInteger(below) || below < 1 || below > TWO_32) {
      throw new RangeError(`integer(${below}): the bound must be an integer from 1 to 2^32.`);
    }
    // Values past the last whole multiple would favour the small remainders.
    const limit = TWO_32 - (TWO_32 % below);
    let value = this.bits();
    while (value >= limit) value = this.bits();
    return value % below;
  }

  /** Standard normal, by the polar method (G. Marsaglia and T. A. Bray, SIAM Review 6(3), 1964). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * logarithm(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -logarithm(1 - this.uniform());
  }

  /** A copy in random order (Fisher and Yates; R. Durstenfeld, CACM 7(7), 1964). */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = this.integer(i + 1);
      const held = shuffled[i] as T;
      shuffled[i] = shuffled[j] as T;
      shuffled[j] = held;
    }
    return shuffled;
  }

  /**
   * An independent stream under a name. It depends on the seed and the names alone, never on how many
   * numbers were drawn before, so streams may be made in any order.
   */
  fork(label: string): Random {
    return seeded(`${this.#path}/${encodeURIComponent(label)}`);
  }
}

/** The stream of a seed, any finite number. */
export function randomFrom(seed: number): Random {
  if (!Number.isFinite(seed)) throw new RangeError(`A seed must be a finite number, not ${seed}.`);
  return seeded(String(seed));
}

/** SHA-256 turns a path into a state: equal paths give equal streams, others are as good as independent. */
function seeded(path: string): Random {
  const digest = createHash("sha256").update(path).digest();
  const word = (i: number): number => digest.readUInt32LE(4 * i);
  return new Random([word(0), word(1), word(2), word(3)], path);
}

/**
 * Natural logarithm of 0 < x <= 1 from the series ln m = 2 (z + z^3/3 + z^5/5 + …) with z = (m-1)/(m+1)
 * (Abramowitz and Stegun 4.1.27), where x = m * 2^-halvings and m is within [sqrt(1/2), sqrt(2)).
 */
function logarithm(x: number): number {
  let m = x;
  let halvings = 0;
  while (m < Math.SQRT1_2) {
    m *= 2;
    halvings += 1;
  }
  const z = (m - 1) / (m + 1);
  const q = z * z;
  let series = 1 / 21;
  for (let odd = 19; odd >= 1; odd -= 2) series = series * q + 1 / odd;
  return 2 * z * series - halvings * Math.LN2;
}
