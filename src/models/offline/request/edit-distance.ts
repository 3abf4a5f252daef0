import { distance } from "fastest-levenshtein";

/**
 * Edits between two words, where two neighbours that changed places count as one edit: "Mircosoft" is one away
 * from "Microsoft" (optimal string alignment for the case of a single transposition, else Levenshtein).
 */
export function editDistance(a: string, b: string): number {
  return isTransposition(a, b) ? 1 : distance(a, b);
}

function isTransposition(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  let at = 0;
  while (a.charAt(at) === b.charAt(at)) at += 1;
  return (
    a.charAt(at) === b.charAt(at + 1) &&
    a.charAt(at + 1) === b.charAt(at) &&
    a.slice(at + 2) === b.slice(at + 2)
  );
}
