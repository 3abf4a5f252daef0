import type { Indicators } from "../../indicators/indicators.ts";
import type { Bars } from "../../market/bars.ts";
import type { Column } from "../../market/column.ts";
import {
  type Count,
  type IndicatorOperand,
  type Operand,
  PRICES,
  type Price,
  type Simple,
} from "./operand.ts";

type Values = Readonly<Record<string, unknown>>;

/** The columns of a template's operands over the bars of one symbol; equal operands are computed once. */
export class OperandColumns {
  readonly #bars: Bars;
  readonly #values: Values;
  readonly #indicators: Indicators;
  readonly #known = new Map<string, Column>();

  /** @param values of the parameters */
  constructor(bars: Bars, values: Values, indicators: Indicators) {
    this.#bars = bars;
    this.#values = values;
    this.#indicators = indicators;
  }

  /** One value for each bar. */
  column(operand: Operand): Column {
    if (isPrice(operand)) return this.#bars[operand];
    const key = JSON.stringify(operand);
    let column = this.#known.get(key);
    if (column === undefined) {
      column =
        typeof operand === "object"
          ? shift(this.#indicator(operand), this.number(operand.ago))
          : new Float64Array(this.#bars.length).fill(this.number(operand));
      this.#known.set(key, column);
    }
    return column;
  }

  number(count: Count): number {
    return Number(typeof count === "number" ? count : this.#values[count.slice(1)]);
  }

  /** Whether a parameter that is true or false is true. */
  flag(reference: string): boolean {
    return this.#values[reference.slice(1)] === true;
  }

  #indicator(operand: IndicatorOperand): Column {
    const bars = this.#bars;
    const make = this.#indicators;
    switch (operand.indicator) {
      case "price":
        return bars[operand.of];
      case "macd": {
        const [fast, slow, signal] = [operand.fast, operand.slow, operand.signal].map((one) =>
          this.number(one),
        );
        return make.macd(this.column(operand.of), {
          fast: fast ?? NaN,
          slow: slow ?? NaN,
          signal: signal ?? NaN,
        })[operand.line];
      }
      case "bollinger-bands":
        return make.bollingerBands(
          this.column(operand.of),
          this.number(operand.period),
          this.number(operand.width),
        )[operand.line];
      case "stochastic":
        return make.stochastic(bars, {
          channel: this.number(operand.channel),
          k: this.number(operand.k),
          d: this.number(operand.d),
        })[operand.line];
      case "adx":
        return make.adx(bars, this.number(operand.period))[ADX_LINES[operand.line]];
      case "atr":
      case "cci":
      case "mfi":
      case "williams-r":
        return make[BAR_NAMES[operand.indicator]](bars, this.number(operand.period));
      case "obv":
        return make.obv(bars);
      case "true-range":
        return make.trueRange(bars);
      case "vwap":
        return make.vwap(bars);
      default:
        return make[SIMPLE_NAMES[operand.indicator]](this.column(operand.of), this.number(operand.period));
    }
  }
}

const ADX_LINES = { adx: "adx", "plus-di": "plusDi", "minus-di": "minusDi" } as const;

const BAR_NAMES = { atr: "atr", cci: "cci", mfi: "mfi", "williams-r": "williamsR" } as const;

const SIMPLE_NAMES = {
  sma: "sma",
  ema: "ema",
  wma: "wma",
  rsi: "rsi",
  highest: "highest",
  lowest: "lowest",
  "rate-of-change": "rateOfChange",
  "standard-deviation": "standardDeviation",
  "z-score": "zScore",
} as const satisfies Record<Simple, keyof Indicators>;

function isPrice(operand: Operand): operand is Price {
  return PRICES.some((price) => price === operand);
}

function shift(column: Column, ago: number): Column {
  if (ago === 0) return column;
  const shifted = new Float64Array(column.length).fill(NaN);
  if (ago < column.length) shifted.set(column.subarray(0, column.length - ago), ago);
  return shifted;
}
