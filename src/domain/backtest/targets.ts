/**
 * What strategies and portfolios hand to the engine: at the close of panel row `rows[k]` symbol s shall be
 * `weights[s][k]` of equity; NaN leaves the shares held as they are. Rows ascend strictly.
 */
export interface Targets {
  readonly rows: Int32Array;
  /** One column per symbol of the panel, in its order. */
  readonly weights: readonly Float64Array[];
}
