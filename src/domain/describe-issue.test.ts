import { expect, it } from "vitest";
import { z } from "zod";
import { describeIssue } from "./describe-issue.ts";

it.each<[z.ZodType, unknown, string]>([
  [z.number(), undefined, "is missing"],
  [z.number(), "ten", "must be a number"],
  [z.number(), NaN, "must be a number"],
  [z.int(), 2.5, "must be a whole number"],
  [z.string(), 5, "must be text"],
  [z.boolean(), "yes", "must be true or false"],
  [z.array(z.string()), "AAPL", "must be a list"],
  [z.strictObject({}), [], "must be an object"],
  [z.number().positive(), 0, "must be more than 0"],
  [z.number().min(1), 0, "must be at least 1"],
  [z.number().max(0.1), 2, "must be at most 0.1"],
  [z.number().lt(1), 1, "must be less than 1"],
  [z.string().min(1), "", "must have at least 1 character"],
  [z.string().max(8), "123456789", "must have at most 8 characters"],
  [z.array(z.string()).min(2), [], "must have at least 2 entries"],
  [z.enum(["rules", "llm"]), "gpt", "must be rules or llm"],
  [z.iso.date(), "2024-02-30", "must be a date that exists, as YYYY-MM-DD"],
  [z.url(), "here", "is not written right"],
  [z.strictObject({}), { fest: 3, snow: 1 }, "there is no fest, snow"],
  [z.union([z.string(), z.number()]), [], "must be text or a number"],
  [z.array(z.string()).min(1, "name at least one symbol"), [], "name at least one symbol"],
])("%# what does not fit is told in plain words", (schema, value, words) => {
  expect(schema.safeParse(value).error?.issues.map(describeIssue)).toEqual([words]);
});
