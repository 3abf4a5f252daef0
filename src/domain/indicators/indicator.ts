/**
 * The streaming form of an indicator: it takes one observation after the other and gives its value, NaN
 * until it has seen enough. A NaN among numbers is no observation: it gives NaN and changes nothing, so that
 * one indicator can be fed with another's output from the first row on.
 *
 * Every indicator has a second form, a function from columns to columns of equal length with NaN before the
 * first value: tight loops that do the same operations in the same order, so that the two agree bit for bit.
 */
export interface Indicator<Input = number> {
  next(input: Input): number;
}
