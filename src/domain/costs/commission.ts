/**
 * Commission of one fill in money: a rate on the notional.
 * @param notional money traded, not negative
 * @param rate fraction, e.g. 0.0005 for 5 basis points
 */
export function commission(notional: number, rate: number): number {
  return notional * rate;
}
