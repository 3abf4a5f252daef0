/**
 * How figures are printed. Every function takes a figure that a tool returned and only rounds it; a figure that is
 * not there prints as "n/a".
 */
type Figure = number | null | undefined;

const ABSENT = "n/a";

/** A fraction as a percentage with one decimal: 0.1234 is "12.3%". */
export function percent(fraction: Figure): string {
  return typeof fraction === "number" ? `${grouped(fixed(fraction * 100, 1))}%` : ABSENT;
}

/** A change as a percentage with its sign: 0.1234 is "+12.3%". */
export function change(fraction: Figure): string {
  return typeof fraction === "number" && fraction > 0 ? `+${percent(fraction)}` : percent(fraction);
}

/** A small rate with two decimals, so that five basis points are not rounded away: 0.0005 is "0.05%". */
export function rate(fraction: Figure): string {
  return typeof fraction === "number" ? `${fixed(fraction * 100, 2)}%` : ABSENT;
}

/** A ratio with two decimals. */
export function decimal(value: Figure): string {
  return typeof value === "number" ? grouped(fixed(value, 2)) : ABSENT;
}

/** A score with its sign. */
export function signed(value: Figure): string {
  return typeof value === "number" && value > 0 ? `+${decimal(value)}` : decimal(value);
}

/** Money in whole units with thousands separators. */
export function money(amount: Figure): string {
  return typeof amount === "number" ? grouped(fixed(amount, 0)) : ABSENT;
}

/** A price: two decimals; four where it is small, as rates of exchange are, and more where it is a fraction. */
export function price(value: Figure): string {
  if (typeof value !== "number") return ABSENT;
  return Math.abs(value) >= 1 || value === 0
    ? grouped(fixed(value, value !== 0 && Math.abs(value) < 10 ? 4 : 2))
    : String(Number(value.toPrecision(4)));
}

/** A count with thousands separators. */
export function count(value: Figure): string {
  return typeof value === "number" ? grouped(String(Math.round(value))) : ABSENT;
}

/** The day of an ISO time. */
export function day(time: string | undefined): string {
  return time === undefined ? ABSENT : time.slice(0, 10);
}

/** Text from a tool in one line, so that it can neither break a table nor pose as a heading. */
export function inline(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .replaceAll("|", "\\|")
    .trim();
}

/** Rounded, without a minus before zero. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",");
}
