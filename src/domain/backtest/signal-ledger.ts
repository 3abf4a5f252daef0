/**
 * What the fills of one symbol did, as columns: one entry per fill, in order. Held by whoever runs the walk, so
 * that a sweep records thousands of runs without allocating anything.
 */
export class SignalLedger {
  length = 0;
  row: Int32Array;
  /** Bought (positive) or sold (negative). */
  bought: Float64Array;
  /** The price paid; spread and slippage are in it. */
  price: Float64Array;
  /** In money. */
  commission: Float64Array;
  /** What is there after the fill. */
  cash: Float64Array;
  shares: Float64Array;
  /** Money traded / equity before trading. */
  turnover: Float64Array;
  /** Totals in money. */
  totalCommission = 0;
  spread = 0;
  slippage = 0;
  /** Rows of the window with a decision. */
  decisions = 0;
  unfilled = 0;
  cashShortRows = 0;
  /** -1 where the equity never was gone. */
  ruinedRow = -1;

  constructor(capacity: number) {
    this.row = new Int32Array(capacity);
    this.bought = new Float64Array(capacity);
    this.price = new Float64Array(capacity);
    this.commission = new Float64Array(capacity);
    this.cash = new Float64Array(capacity);
    this.shares = new Float64Array(capacity);
    this.turnover = new Float64Array(capacity);
  }

  /** Empties it for a run with at most so many fills. */
  reset(capacity: number): void {
    if (capacity > this.row.length) {
      this.row = new Int32Array(2 * capacity);
      this.bought = new Float64Array(2 * capacity);
      this.price = new Float64Array(2 * capacity);
      this.commission = new Float64Array(2 * capacity);
      this.cash = new Float64Array(2 * capacity);
      this.shares = new Float64Array(2 * capacity);
      this.turnover = new Float64Array(2 * capacity);
    }
    this.length = 0;
    this.totalCommission = 0;
    this.spread = 0;
    this.slippage = 0;
    this.decisions = 0;
    this.unfilled = 0;
    this.cashShortRows = 0;
    this.ruinedRow = -1;
  }
}
