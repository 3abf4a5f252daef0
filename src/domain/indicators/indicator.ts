/**
 * The streaming form of an indicator: it takes one observation after the other and gives its value, NaN
 * until it has seen enough. A NaN among numbers is no observation: it gives NaN and changes nothing, so that
 * one indicator can be fed with another's output from the first row on.
 *
 * Every indicator has a second form, a function from columns to columns of equal length with NaN before the
 * first value. It runs the streaming form over the column, and so the two agree bit for bit. Each repeats
 * the loop of three lines: one shared loop would call every kind of indicator from the same place, which
 * engines do not inline.
 */
export interface Indicator<Input = number> {
  next(input: Input): number;
}
