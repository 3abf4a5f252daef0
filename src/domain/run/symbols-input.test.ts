import { expect, it } from "vitest";
import { LONGEST_SYMBOL, symbolsSchema } from "./symbols-input.ts";
import { stressInputSchema } from "./stress-input.ts";

const longest = "BTC-27DEC2024-100000-C".padEnd(40, "X");

it("takes symbols as long as the names of contracts, and names the limit beyond", () => {
  expect(LONGEST_SYMBOL).toBe(40);
  expect(symbolsSchema.parse([longest.toLowerCase()])).toEqual([longest]);
  expect(stressInputSchema.parse({ weights: { [longest]: 1 } }).weights).toEqual({ [longest]: 1 });
  for (const refused of [
    symbolsSchema.safeParse(["A", `${longest}X`]),
    stressInputSchema.safeParse({ weights: { [`${longest}X`]: 1 } }),
  ]) {
    expect(refused.error?.issues.map(({ message }) => message)).toEqual([
      `${longest}… is too long: a symbol has at most 40 characters`,
    ]);
  }
});
