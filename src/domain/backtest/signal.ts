/**
 * What a rule that looks at one symbol decides, sparse: at the close of bar `bars[k]` the position shall become
 * `sides[k]` (1 long, -1 short, 0 cash) and stay so until the next entry. Bars ascend strictly.
 */
export interface Signal {
  readonly bars: Int32Array;
  readonly sides: Int8Array;
}

/** One signal per symbol of a panel, in its order; each symbol has an equal part of equity. */
export interface Signals {
  readonly signals: readonly Signal[];
}
