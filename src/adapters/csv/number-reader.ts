const NINE = 9;
const ZERO = 48;
const MINUS = 45;
const POINT = 46;

/** Eight digits fit into a small integer, seven more into another. */
const FIRST_DIGITS = 8;
/** Integers of so many digits are exact, and so is one of them over a power of ten up to 10^22, rounded once. */
const EXACT_DIGITS = 15;
const MOST_DIGITS = 19;
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** 2^27 + 1 parts a double into two halves whose products are exact (T. J. Dekker, Numer. Math. 18, 1971). */
const SPLITTER = 134_217_729;
const POWERS_HIGH = POWERS.map((power) => power * SPLITTER - (power * SPLITTER - power));
const POWERS_LOW = POWERS.map((power, i) => power - (POWERS_HIGH[i] ?? NaN));
/** Far more than the error of the quotients below, far less than the distance of two doubles. */
const DOUBT = 2 ** -95;

/**
 * Reads decimal numbers straight from bytes, with the result that `Number` has for their text: a sign, digits and a
 * point. Up to 15 digits need one division (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990). Up to
 * 19 are divided in doubled precision and rounded only where the error cannot matter (A. Ziv, ACM TOMS 17, 1991).
 */
export class NumberReader {
  /** Where the number that was read ends; -1 where the text is for `Number` to read. */
  next = -1;

  /** The number at an index of bytes that end with something else than a digit. */
  read(bytes: Uint8Array, from: number): number {
    let p = from;
    let byte = bytes[p] ?? 0;
    const negative = byte === MINUS;
    if (negative) byte = bytes[++p] ?? 0;
    const begin = p;
    let digits = 0;
    let first = 0;
    let second = 0;
    let third = 0;
    let point = -1;
    for (;;) {
      const digit = byte ^ ZERO;
      if (digit <= NINE) {
        if (digits < FIRST_DIGITS) first = (first * 10 + digit) | 0;
        else if (digits < EXACT_DIGITS) second = (second * 10 + digit) | 0;
        else third = (third * 10 + digit) | 0;
        // Zeros in front do not count.
        if ((digits | digit) !== 0) digits += 1;
      } else if (byte === POINT && point < 0) {
        point = p;
      } else {
        break;
      }
      byte = bytes[++p] ?? 0;
    }
    const decimals = point < 0 ? 0 : p - point - 1;
    this.next = p - begin === (point < 0 ? 0 : 1) ? -1 : p;
    let value: number;
    if (digits <= FIRST_DIGITS) value = first;
    else if (digits <= EXACT_DIGITS) value = first * (POWERS[digits - FIRST_DIGITS] ?? NaN) + second;
    else return this.#divide(first * 1e7 + second, third, digits, negative ? -1 : 1, decimals);
    if (decimals > 0) {
      value /= POWERS[decimals] ?? NaN;
      if (decimals >= POWERS.length) this.next = -1;
    }
    return negative ? -value : value;
  }

  /** More than 15 digits: `high` are the first fifteen, `low` the others. */
  #divide(high: number, low: number, digits: number, sign: 1 | -1, decimals: number): number {
    const scale = decimals - (digits - EXACT_DIGITS);
    if (digits > MOST_DIGITS || decimals >= POWERS.length || scale < 0) {
      this.next = -1;
      return NaN;
    }
    const divisor = POWERS[scale] ?? NaN;
    const quotient = high / divisor;
    // What the division left over, exactly, and the digits beyond the first fifteen.
    const part = quotient * SPLITTER;
    const quotientHigh = part - (part - quotient);
    const quotientLow = quotient - quotientHigh;
    const divisorHigh = POWERS_HIGH[scale] ?? NaN;
    const divisorLow = POWERS_LOW[scale] ?? NaN;
    const product = quotient * divisor;
    const productRest =
      quotientHigh * divisorHigh -
      product +
      quotientHigh * divisorLow +
      quotientLow * divisorHigh +
      quotientLow * divisorLow;
    const rest = (high - product - productRest) / divisor + low / (POWERS[decimals] ?? NaN);
    const doubt = quotient * DOUBT;
    const value = quotient + (rest + doubt);
    if (value !== quotient + (rest - doubt)) this.next = -1;
    return sign * value;
  }
}
