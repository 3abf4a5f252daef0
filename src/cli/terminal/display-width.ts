const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Printable ASCII takes one cell a character; most text ends here. */
const ASCII = /^[\u0020-\u007e]*$/;

/** East Asian Wide and Fullwidth by block (Unicode Annex #11), and emoji shown as pictures. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}|\ufe0f/u;

const ZERO = /^[\p{Mark}\p{Control}\p{Format}]+$/u;

/** The graphemes of a text: what a terminal shows as one character each. */
export function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** How many terminal cells a text takes. It must hold no escape sequences. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const grapheme of splitGraphemes(text)) {
    if (!ZERO.test(grapheme)) width += WIDE.test(grapheme) ? 2 : 1;
  }
  return width;
}
