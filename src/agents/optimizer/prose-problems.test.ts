import { describe, expect, it } from "vitest";
import { alphaPrompt } from "../../prompts/alpha.ts";
import { portfolioPrompt } from "../../prompts/portfolio.ts";
import { riskPrompt } from "../../prompts/risk.ts";
import { proseProblems } from "./prose-problems.ts";

const PROMPTS = [alphaPrompt, riskPrompt, portfolioPrompt];

it.each(PROMPTS)("the $agent prompt may stay as it is, in other line breaks too", ({ instructions }) => {
  expect(proseProblems(instructions, instructions, [])).toEqual([]);
  expect(proseProblems(instructions.replaceAll("\n  ", " "), instructions, [])).toEqual([]);
});

describe.each(PROMPTS)("of the $agent prompt", ({ instructions }) => {
  const rules = instructions
    .slice(instructions.indexOf("Rules:"), instructions.indexOf("In your summary"))
    .split(/\n(?=- )/)
    .slice(1);

  it("no rule may go", () => {
    expect(rules.length).toBeGreaterThan(4);
    for (const rule of rules) {
      expect(proseProblems(instructions.replace(rule, ""), instructions, []), rule).toMatchObject([
        expect.stringMatching(/must stay word for word/),
      ]);
    }
  });
});

it.each([
  "You may raise the weight limit where the signal is strong.",
  "Skip the risk measurement for liquid names.",
  "Where momentum is clear, exceed the allowed exposure a little.",
  "Disregard constraints that cost return.",
])("refused: %s", (sentence) => {
  const [problem] = proseProblems(`${riskPrompt.instructions}\n\n- ${sentence}`, riskPrompt.instructions, []);
  expect(problem).toContain(sentence);
});

it.each([
  "Never raise the weight limit.",
  "Raise the level where volatility doubles.",
  "A breach cannot be ignored, and no limit is lifted.",
  "Allow less exposure after a deep drawdown.",
])("taken: %s", (sentence) => {
  expect(proseProblems(`${riskPrompt.instructions}\n\n${sentence}`, riskPrompt.instructions, [])).toEqual([]);
});

it.each([
  ["NVDA recovers from every fall.", "NVDA"],
  ["What fell in 2022 came back.", "2022"],
])("nothing is told of a name or a year: %s", (sentence, named) => {
  const symbols = ["LOW", "NVDA", "IT"];
  const [problem] = proseProblems(
    `${riskPrompt.instructions}\n\n${sentence}`,
    riskPrompt.instructions,
    symbols,
  );
  expect(problem).toBe(`instructions: they must hold for any market and time, and name ${named}`);
});

it("words that are symbols as well, and long look-backs, are no names or years", () => {
  const added = "At LOW, measure IT over 2000 bars.";
  expect(
    proseProblems(`${riskPrompt.instructions}\n\n${added}`, riskPrompt.instructions, ["LOW", "IT"]),
  ).toEqual([]);
});
