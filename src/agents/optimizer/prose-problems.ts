/** The paragraphs of bullet points under a line `Rules:`. */
const RULES = /^Rules:$\n+((?:(?:- |  ).*\n?|\n(?=- ))+)/m;

const LOOSENING =
  /\b(raise|increase|loosen|relax|lift|exceed|ignore|skip|bypass|override|overrule|disregard|disable|suspend|waive|circumvent)\w*\b[^.;:\n]*\b(limits?|caps?|constraints?|breach\w*|drawdowns?|exposure|measurements?|(?:risk|portfolio) agent|gate|optimi[sz]er)\b/i;

const FORBIDDING = /\b(never|not|no|nor|cannot|nothing|nobody|without|refuse\w*|don't|mustn't|can't)\b/i;

/** A year of the markets; 2000 bars are none. */
const YEAR = /\b(?:19[89]|20[0-4])\d\b(?! bars)/;

/** Shorter symbols are words as well. */
const SHORTEST_SYMBOL = 3;

/**
 * What is wrong with new instructions, in a sentence each. The rules of the present ones must stand in them word for word;
 * a new sentence that speaks of loosening a limit must forbid it; and nothing may be told of single names or years, which
 * is knowledge of how prices went on. The last two are a reading of words and miss much. What holds the limits is that code
 * applies those of the policy whatever an agent was told.
 * @param symbols of the market that the rewrite is tried on
 */
export function proseProblems(instructions: string, present: string, symbols: readonly string[]): string[] {
  const text = squeezed(instructions);
  const before = squeezed(present);
  const [, rules = ""] = RULES.exec(present) ?? [];
  const missing = rules
    .split(/^- /m)
    .map(squeezed)
    .find((rule) => rule !== "" && !text.includes(rule));
  const loosening = sentences(instructions).find(
    (sentence) => LOOSENING.test(sentence) && !FORBIDDING.test(sentence) && !before.includes(sentence),
  );
  const words = new Set(text.match(/[\w.^=-]*\w/g));
  const known = new Set(before.match(/[\w.^=-]*\w/g));
  const named =
    symbols.find((one) => one.length >= SHORTEST_SYMBOL && words.has(one) && !known.has(one)) ??
    YEAR.exec(text)?.[0];
  return [
    ...(missing === undefined
      ? []
      : [`instructions: what stands under "Rules:" must stay word for word; missing: ${missing}`]),
    ...(loosening === undefined
      ? []
      : [`instructions: limits are not yours or the agent's to change: ${loosening}`]),
    ...(named === undefined
      ? []
      : [`instructions: they must hold for any market and time, and name ${named}`]),
  ];
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?;])\s+|\n\s*\n|\n(?=\s*(?:-|\d+\.|#) )/)
    .map(squeezed)
    .filter((sentence) => sentence !== "");
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
