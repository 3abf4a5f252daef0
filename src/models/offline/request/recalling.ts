const EARLIER = "(?:last|latest|previous|earlier|past|prior|former)";
const DECISION = "(?:recommendation|decision|proposal|signal|call|advice|suggestion|opinion|view)s?";

const RECALLS: readonly RegExp[] = [
  /\bwhat (?:did|have|had) (?:you|we|the (?:team|agents?)) (?:\w+ ){0,2}?(?:recommend|decid|propos|suggest|sa(?:y|id)\b|think|thought|conclud|advis)/i,
  new RegExp(`\\bwhat (?:was|were) (?:your|our|the)(?: ${EARLIER})? ${DECISION}\\b`, "i"),
  new RegExp(`\\b(?:your|our|the|any) ${EARLIER} ${DECISION}\\b`, "i"),
  new RegExp(
    `\\bhow did (?:your|our|the) (?:\\S+ )*?${DECISION} (?:\\S+ )*?(?:turn(?:ed)? out|work|do|perform)`,
    "i",
  ),
  /^\W*(?:please )?(?:recall|remind me)\b/i,
];

/** Whether a message asks what was decided before, rather than for a decision. */
export function asksToRecall(text: string): boolean {
  return RECALLS.some((pattern) => pattern.test(text));
}
