import { adx } from "./adx.ts";
import { atr } from "./atr.ts";
import { bollingerBands } from "./bollinger-bands.ts";
import { cci } from "./cci.ts";
import { ema } from "./ema.ts";
import { highest } from "./highest.ts";
import { lowest } from "./lowest.ts";
import { macd } from "./macd.ts";
import { mfi } from "./mfi.ts";
import { obv } from "./obv.ts";
import { rateOfChange } from "./rate-of-change.ts";
import { rsi } from "./rsi.ts";
import { sma } from "./sma.ts";
import { standardDeviation } from "./standard-deviation.ts";
import { stochastic } from "./stochastic.ts";
import { trueRange } from "./true-range.ts";
import { vwap } from "./vwap.ts";
import { williamsR } from "./williams-r.ts";
import { wma } from "./wma.ts";
import { zScore } from "./z-score.ts";

/** Every indicator over columns, as strategies call them. */
export const INDICATORS = {
  adx,
  atr,
  bollingerBands,
  cci,
  ema,
  highest,
  lowest,
  macd,
  mfi,
  obv,
  rateOfChange,
  rsi,
  sma,
  standardDeviation,
  stochastic,
  trueRange,
  vwap,
  williamsR,
  wma,
  zScore,
} as const;

export type Indicators = typeof INDICATORS;
