export interface CommissionTier {
  /** Money traded so far from which the rate holds. */
  readonly fromNotional: number;
  readonly rate: number;
}

/**
 * The rate of commission after so much money was traded.
 * @param first the rate below the first tier
 * @param tiers ascending by `fromNotional`
 */
export function tierRate(traded: number, first: number, tiers: readonly CommissionTier[]): number {
  let rate = first;
  for (const tier of tiers) {
    if (traded < tier.fromNotional) break;
    rate = tier.rate;
  }
  return rate;
}
