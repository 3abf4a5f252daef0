import type { AlphaPolicy } from "../../policy/alpha.ts";
import type { Random } from "../../random.ts";
import { type Moves, pick } from "./moves.ts";

/** Look-backs in bars; a step goes to the next one up or down. */
const LADDER = [3, 5, 10, 15, 21, 30, 42, 63, 84, 126, 189, 252] as const;
const COMBINATIONS = ["time-series", "cross-section", "blend"] as const;
const THRESHOLDS = [0, 0.05, 0.1, 0.15, 0.2, 0.3] as const;

/** How often a far policy has a second factor. */
const PAIRS = 0.3;

type Chosen = AlphaPolicy["factors"][number];
type Step = (from: AlphaPolicy, random: Random) => AlphaPolicy;

/** Moves through alpha policies over the factors of the given names: far ones have one or two of them. */
export function alphaMoves(names: readonly string[]): Moves<AlphaPolicy> {
  const steps = [addFactor, dropFactor, changeCombination, changeThreshold] as const;
  return {
    far(base, random) {
      const factors = [anyFactor(random), ...(random.uniform() < PAIRS ? [anyFactor(random)] : [])];
      return { ...base, factors: weighed(factors), combination: pick(COMBINATIONS, random) };
    },
    near(from, _base, random) {
      // Weights and look-backs have more to be found in them than the rest.
      const step =
        random.uniform() < 0.5 ? pick([changeWeight, changeLookback], random) : pick(steps, random);
      return step(from, random);
    },
  };

  function anyFactor(random: Random): Chosen {
    const name = names[random.integer(names.length)] ?? "";
    return { name, lookbackBars: pick(LADDER, random), weight: random.uniform() < 0.5 ? 1 : -1 };
  }

  /** With a third of the weight. */
  function addFactor(from: AlphaPolicy, random: Random): AlphaPolicy {
    const added = anyFactor(random);
    return {
      ...from,
      factors: weighed([...from.factors, { ...added, weight: (added.weight * total(from.factors)) / 2 }]),
    };
  }
}

const dropFactor: Step = (from, random) => {
  const at = random.integer(from.factors.length);
  return { ...from, factors: weighed(from.factors.filter((_, index) => index !== at)) };
};

const changeWeight: Step = (from, random) => {
  const by = pick([-1, 0.5, 2], random);
  return changeOne(from, random, (one) => ({ ...one, weight: by * one.weight }));
};

const changeLookback: Step = (from, random) => {
  const up = random.uniform() < 0.5;
  return changeOne(from, random, (one) => {
    const longer = LADDER.find((bars) => bars > one.lookbackBars);
    const shorter = LADDER.findLast((bars) => bars < one.lookbackBars);
    return { ...one, lookbackBars: (up ? longer : shorter) ?? one.lookbackBars };
  });
};

const changeCombination: Step = (from, random) => ({ ...from, combination: pick(COMBINATIONS, random) });

const changeThreshold: Step = (from, random) => ({ ...from, threshold: pick(THRESHOLDS, random) });

function changeOne(from: AlphaPolicy, random: Random, change: (one: Chosen) => Chosen): AlphaPolicy {
  const at = random.integer(from.factors.length);
  return { ...from, factors: weighed(from.factors.map((one, index) => (index === at ? change(one) : one))) };
}

/** Weights whose sizes sum to 1, as far as two digits allow; what is left without one is left out. */
function weighed(factors: readonly Chosen[]): Chosen[] {
  const sum = total(factors);
  return factors
    .map((one) => ({ ...one, weight: Math.round((100 * one.weight) / sum) / 100 }))
    .filter(({ weight }) => weight !== 0);
}

function total(factors: readonly Chosen[]): number {
  return factors.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
}
