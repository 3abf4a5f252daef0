import type { z } from "zod";

/** Zod's own words, as they come where a schema has none of its own. */
const STOCK = /^(Invalid|Too (small|big)|Unrecognized key)/;

const A = new Map([
  ["number", "a number"],
  ["int", "a whole number"],
  ["string", "text"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "an object"],
  ["record", "an object"],
]);

/**
 * What is wrong with a value, to stand after its name: `must be at most 0.1`. A schema's own words stay as they
 * are; only zod's stock phrases are put for people who do not know its types.
 */
export function describeIssue(issue: z.core.$ZodIssue): string {
  if (!STOCK.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.message.endsWith("received undefined")
        ? "is missing"
        : `must be ${A.get(issue.expected) ?? issue.expected}`;
    case "too_small":
      return outOfRange(issue.origin, issue.minimum, issue.inclusive === false ? "more than" : "at least");
    case "too_big":
      return outOfRange(issue.origin, issue.maximum, issue.inclusive === false ? "less than" : "at most");
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}`;
    case "invalid_format":
      return issue.format === "date" ? "must be a date that exists, as YYYY-MM-DD" : "is not written right";
    case "invalid_union":
      return describeUnion(issue.errors.flat());
    case "unrecognized_keys":
      return `there is no ${issue.keys.join(", ")}`;
    default:
      return "does not fit";
  }
}

/** What would have fitted instead of a value whose type is that of no member. */
function describeUnion(issues: readonly z.core.$ZodIssue[]): string {
  const types = issues.flatMap((issue) =>
    issue.code === "invalid_type" && issue.path.length === 0 ? [issue] : [],
  );
  if (types.length === 0) return "does not fit";
  if (types.every((issue) => issue.message.endsWith("received undefined"))) return "is missing";
  return `must be ${[...new Set(types.map(({ expected }) => A.get(expected) ?? expected))].join(" or ")}`;
}

const COUNTED = new Map([
  ["string", "character"],
  ["array", "entry"],
  ["set", "entry"],
]);

function outOfRange(origin: string, bound: number | bigint, how: string): string {
  const unit = COUNTED.get(origin);
  if (unit === undefined) return `must be ${how} ${bound}`;
  const plural = unit === "entry" ? "entries" : `${unit}s`;
  return `must have ${how} ${bound} ${Number(bound) === 1 ? unit : plural}`;
}
