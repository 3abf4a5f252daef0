import type { z } from "zod";

/**
 * An issue, or, where a value fits no member of a union, the issues of the member that it was meant to be: the
 * one whose type it has. Paths are those of the whole.
 */
export function innermostIssues(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find((issues) => issues.length > 0 && !issues.some(isOfAnotherType));
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => innermostIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOfAnotherType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && issue.code === "invalid_type";
}
