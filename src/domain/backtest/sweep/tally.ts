/**
 * What one run comes to, as sums that every statistic of a sweep follows from. One is filled again and again, so
 * that scoring a combination allocates nothing.
 */
export class Tally {
  /** Of the window. */
  rows = 0;
  /** Equity at the first close and at the last, in money. */
  first = 0;
  last = 0;
  /** Of returns per row. */
  sum = 0;
  squares = 0;
  /** Squares of what returns fall short of the risk-free rate by. */
  shortSquares = 0;
  /** The deepest fall from an earlier high, a negative fraction. */
  deepest = 0;
  /** Sums over the rows. */
  exposure = 0;
  turnover = 0;
  /** Round trips, those still open included, and closed ones. */
  trades = 0;
  closed = 0;
  won = 0;
  /** Profits and losses of closed trades, in money. */
  gained = 0;
  lost = 0;
  costs = 0;
  /** Whether the equity was ever zero or below. */
  ruined = false;

  clear(): void {
    this.rows = 0;
    this.first = 0;
    this.last = 0;
    this.sum = 0;
    this.squares = 0;
    this.shortSquares = 0;
    this.deepest = 0;
    this.exposure = 0;
    this.turnover = 0;
    this.trades = 0;
    this.closed = 0;
    this.won = 0;
    this.gained = 0;
    this.lost = 0;
    this.costs = 0;
    this.ruined = false;
  }
}
