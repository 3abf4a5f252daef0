import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlphaPolicy } from "../domain/policy/alpha.ts";
import { unverifiedFigures } from "../domain/run/grounding.ts";
import { alphaPrompt } from "./alpha.ts";
import { portfolioPrompt } from "./portfolio.ts";
import { riskPrompt } from "./risk.ts";
import { writeInstructions } from "./write-instructions.ts";

const HEADING = "## How you decide at present";

const REVERSAL: AlphaPolicy = {
  factors: [
    { name: "momentum", lookbackBars: 126, weight: 0.2 },
    { name: "reversal", lookbackBars: 42, weight: -0.8 },
  ],
  combination: "cross-section",
  threshold: 0.15,
};

const alpha = (instructions: string, policy: AlphaPolicy, reasoning: string): string =>
  writeInstructions({ agent: "alpha", instructions, policy, reasoning });

it("adds a section that says what the policy does, the heaviest factor first, and why it was chosen", () => {
  const written = alpha(alphaPrompt.instructions, REVERSAL, "It pays $& on the training spans.");
  expect(written.slice(0, written.indexOf(HEADING)).trim()).toBe(alphaPrompt.instructions);
  const section = written.slice(written.indexOf(HEADING));
  expect(section).toMatch(/other symbols of the same day/);
  expect(section).toMatch(
    /- reversal over 42 bars, weight -0\.8\..*turned round[^]*- momentum over 126 bars/,
  );
  expect(section).toMatch(/size is below 0\.15 is neutral/);
  expect(section).toMatch(/Why: It pays \$& on the training spans\.$/);
});

it("takes the place of the section of before, and leaves what follows it", () => {
  const once = `${alpha("You are the alpha agent.", REVERSAL, "First.")}\n\n## Notes of a person\n\nBe brief.`;
  const twice = alpha(once, alphaPrompt.policy, "Second.");
  expect(twice.split(HEADING)).toHaveLength(2);
  expect(twice).not.toContain("First.");
  expect(twice).toMatch(/Why: Second\.\n\n## Notes of a person\n\nBe brief\.$/);
  expect(alpha(once, REVERSAL, "First.")).toBe(once);
});

describe("every figure of the section stands in the policy", () => {
  const section = (text: string): string => text.replace("The reason.", "");

  it("of alpha", () => {
    const factor = fc.record({
      name: fc.constantFrom("momentum", "reversal", "own"),
      lookbackBars: fc.integer({ min: 2, max: 1000 }),
      weight: fc.integer({ min: -100, max: 100 }).map((weight) => weight / 100),
    });
    const policies = fc.record({
      factors: fc.array(factor, { minLength: 1, maxLength: 5 }),
      combination: fc.constantFrom("time-series" as const, "cross-section" as const, "blend" as const),
      threshold: fc.constantFrom(0, 0.05, 0.37),
    });
    fc.assert(
      fc.property(policies, (policy) => {
        const text = section(alpha("", policy, "The reason."));
        expect(unverifiedFigures(text, [policy])).toEqual([]);
        for (const { lookbackBars, weight } of policy.factors) {
          expect(text).toContain(`over ${lookbackBars} bars, weight ${weight}.`);
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    [
      "risk",
      writeInstructions({ agent: "risk", instructions: "", policy: riskPrompt.policy, reasoning: "" }),
      riskPrompt.policy,
    ],
    [
      "portfolio",
      writeInstructions({
        agent: "portfolio",
        instructions: "",
        policy: portfolioPrompt.policy,
        reasoning: "",
      }),
      portfolioPrompt.policy,
    ],
  ] as const)("of %s, and every figure of the policy stands in it", (_agent, text, policy) => {
    expect(unverifiedFigures(text, [policy])).toEqual([]);
    expect(unverifiedFigures(figuresOf(policy).join(" "), [text])).toEqual([]);
  });

  function figuresOf(value: unknown): number[] {
    if (typeof value === "number") return [value];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(figuresOf) : [];
  }
});
