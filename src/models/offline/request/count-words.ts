const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  eighteen: 18,
  twenty: 20,
  thirty: 30,
  sixty: 60,
  ninety: 90,
  "a couple of": 2,
  "couple of": 2,
  "a dozen": 12,
  "half a": 0.5,
};

/** A number in digits or in words, as the source of a pattern without groups. */
export const COUNT = `(?:\\d+(?:\\.\\d+)?|${Object.keys(COUNTS)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;

/** The number that text matched by COUNT stands for. */
export function readCount(text: string): number {
  return COUNTS[text.toLowerCase()] ?? Number(text);
}
