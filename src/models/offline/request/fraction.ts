const PARTS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  third: 1 / 3,
  quarter: 1 / 4,
  fifth: 1 / 5,
  tenth: 1 / 10,
};

/** A share of the whole as people write it ("20%", "15 pct", "0.2", "1/5", "a fifth"): a pattern without groups. */
export const FRACTION = `(?<![\\w.,$])(?:\\d+(?:\\.\\d+)? ?(?:%|percent\\b|pct\\b)|0?\\.\\d+(?![\\w.%])|[1-9]\\d? ?/ ?[1-9]\\d?(?![\\w/%])|(?:an? |one |one-)?(?:${Object.keys(PARTS).join("|")})\\b)`;

/** The fraction that text matched by FRACTION stands for: 0.2 for "20%". */
export function readFraction(text: string): number {
  const [first = "", second] = text.split("/");
  if (second !== undefined) return Number(first) / Number(second);
  const part = /[a-z]+$/i.exec(text.trim())?.[0].toLowerCase() ?? "";
  const share = PARTS[part];
  if (share !== undefined) return share;
  const number = Number.parseFloat(text);
  return /%|percent|pct/i.test(text) ? number / 100 : number;
}
