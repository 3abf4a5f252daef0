/**
 * Commission of one fill in money: a rate on the notional and an amount per share, at least a minimum.
 * @param notional money traded, not negative
 * @param rate fraction, e.g. 0.0005 for 5 basis points
 * @param shares traded, not negative
 * @param perShare in money
 * @param minimum in money
 */
export function commission(notional: number, rate: number, shares = 0, perShare = 0, minimum = 0): number {
  const fee = notional * rate + shares * perShare;
  return fee < minimum ? minimum : fee;
}
