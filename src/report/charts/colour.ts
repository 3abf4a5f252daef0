/**
 * The colours of a page by what they mean. Charts are drawn once with stand-ins, which become CSS variables, so
 * that one picture serves light, dark and print.
 */
const COLOURS = {
  ink: "#fe0100",
  muted: "#fe0101",
  line: "#fe0102",
  surface: "#fe0103",
  gain: "#fe0104",
  loss: "#fe0105",
  series1: "#fe0106",
  series2: "#fe0107",
  series3: "#fe0108",
  series4: "#fe0109",
  series5: "#fe010a",
  series6: "#fe010b",
  series7: "#fe010c",
  series8: "#fe010d",
  others: "#fe010e",
} as const;

export type Colour = keyof typeof COLOURS;

/** For lines and areas of equal rank, in the order in which they are taken. */
export const SERIES: readonly Colour[] = [
  "series1",
  "series2",
  "series3",
  "series4",
  "series5",
  "series6",
  "series7",
  "series8",
];

/** What the chart library is given in place of a colour. */
export function standIn(colour: Colour): string {
  return COLOURS[colour];
}

/** The colour as CSS. */
export function cssColour(colour: Colour): string {
  return `var(--${colour})`;
}

const NAMES = new Map<string, Colour>(
  Object.entries(COLOURS).map(([name, hex]) => [hex, name as Colour] as const),
);

/** Replaces every stand-in in drawn markup. */
export function withCssColours(markup: string): string {
  return markup.replaceAll(/#fe01[0-9a-f]{2}/g, (hex) => {
    const name = NAMES.get(hex);
    return name === undefined ? hex : cssColour(name);
  });
}
