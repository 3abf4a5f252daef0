import type { Random } from "../../random.ts";

/** How a search moves through an agent's policies. `base` is the policy of the base prompt, whose limits hold. */
export interface Moves<P> {
  /** Somewhere else. */
  far(base: P, random: Random): P;
  /** One step from a policy. */
  near(from: P, base: P, random: Random): P;
}

export function pick<T>(items: readonly [T, ...T[]], random: Random): T {
  return items[random.integer(items.length)] ?? items[0];
}

/** Without the noise of binary fractions. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
