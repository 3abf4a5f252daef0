import { squareRootImpact } from "../costs/square-root-impact.ts";
import { FinAgentError } from "../errors.ts";
import type { Account } from "./account.ts";
import type { MarketColumns } from "./market-columns.ts";
import type { BacktestSettings } from "./settings.ts";
import { wholeShares } from "./sizing.ts";

/** Bars before the fill's own over which volatility and volume are averaged for the impact, and the fewest. */
const IMPACT_BARS = 20;
const FEWEST_RETURNS = 2;

/** What is left of a bar's volume below this part of it is a rounding error. */
const ROUNDING = 1e-12;

/**
 * What a bar's trading volume does to an order: how much of it is filled, and how far it moves the price. The
 * impact takes the sample standard deviation of close-to-close returns and the mean volume of the symbol's 20
 * bars before the fill's own (as many as there are, three at least; without those it is zero and counted).
 */
export class TradeLimits {
  /** Fills that were cut by the participation cap, and fills whose impact could not be estimated. */
  cut = 0;
  unmeasured = 0;
  /** Whether fills are capped, whether they move the price, and whether either is so. */
  readonly capped: boolean;
  readonly moving: boolean;
  readonly on: boolean;
  readonly #market: MarketColumns;
  readonly #account: Account;
  readonly #participation: number;
  readonly #impact: number;
  readonly #whole: boolean;
  /** Per symbol the shares filled in its latest row, and that row. */
  readonly #used: Float64Array;
  readonly #usedRow: Int32Array;
  readonly #volatility: Float64Array;
  readonly #volume: Float64Array;
  readonly #measuredRow: Int32Array;

  constructor(market: MarketColumns, account: Account, settings: BacktestSettings) {
    const symbols = market.panel.symbols.length;
    this.#market = market;
    this.#account = account;
    this.#participation = settings.maxParticipation ?? Infinity;
    this.#impact = settings.impact;
    this.#whole = settings.wholeShares;
    this.capped = settings.maxParticipation !== null;
    this.moving = settings.impact > 0;
    this.on = this.capped || this.moving;
    this.#used = new Float64Array(this.capped ? symbols : 0);
    this.#usedRow = new Int32Array(this.capped ? symbols : 0).fill(-1);
    const measured = this.#impact > 0 ? symbols : 0;
    this.#volatility = new Float64Array(measured);
    this.#volume = new Float64Array(measured);
    this.#measuredRow = new Int32Array(measured).fill(-1);
    if (this.on) checkVolume(market);
  }

  /** The part of an order for so many shares (either sign) that the row's volume still lets through. */
  allowed(symbol: number, bought: number): number {
    if (!this.capped) return bought;
    const { row } = this.#account;
    const used = this.#usedRow[symbol] === row ? (this.#used[symbol] ?? NaN) : 0;
    const cap = (this.#market.volume[symbol]?.[row] ?? NaN) * this.#participation;
    const room = cap - used;
    if (Math.abs(bought) <= room) return bought;
    const most = room <= cap * ROUNDING ? 0 : this.#whole ? wholeShares(room) : room;
    return bought > 0 ? most : -most;
  }

  /** Notes that so many shares, whose impact was asked for, were filled. */
  use(symbol: number, bought: number): void {
    if (this.moving && !((this.#volume[symbol] ?? NaN) > 0)) this.unmeasured += 1;
    if (!this.capped) return;
    const { row } = this.#account;
    const used = this.#usedRow[symbol] === row ? (this.#used[symbol] ?? NaN) : 0;
    this.#used[symbol] = used + Math.abs(bought);
    this.#usedRow[symbol] = row;
  }

  /** The impact of so many shares in this row as a fraction of the price. */
  impact(symbol: number, bought: number): number {
    if (this.#impact === 0 || bought === 0) return 0;
    if (this.#measuredRow[symbol] !== this.#account.row) this.#measure(symbol, this.#account.row);
    const volume = this.#volume[symbol] ?? NaN;
    if (!(volume > 0)) return 0;
    return squareRootImpact(this.#impact, this.#volatility[symbol] ?? NaN, Math.abs(bought), volume);
  }

  #measure(symbol: number, row: number): void {
    const { panel } = this.#market;
    const bars = panel.bars[symbol];
    const end = panel.barAt[symbol]?.[row] ?? -1;
    const first = Math.max(0, end - IMPACT_BARS);
    this.#measuredRow[symbol] = row;
    this.#volume[symbol] = 0;
    if (bars === undefined || end - first <= FEWEST_RETURNS) return;
    const { close, volume } = bars;
    let traded = volume[first] ?? NaN;
    let sum = 0;
    let squares = 0;
    for (let bar = first + 1; bar < end; bar += 1) {
      const change = (close[bar] ?? NaN) / (close[bar - 1] ?? NaN) - 1;
      sum += change;
      squares += change * change;
      traded += volume[bar] ?? NaN;
    }
    const returns = end - first - 1;
    const variance = (squares - (sum * sum) / returns) / (returns - 1);
    this.#volatility[symbol] = Math.sqrt(Math.max(0, variance));
    this.#volume[symbol] = traded / (returns + 1) / this.#market.splitsAfter(symbol, end);
  }
}

function checkVolume({ panel }: MarketColumns): void {
  const without = panel.bars.filter((bars) => !bars.volume.some((one) => one > 0));
  if (without.length === 0) return;
  const symbols = without.map((bars) => bars.symbol);
  throw new FinAgentError("DATA_INSUFFICIENT", `${symbols.join(", ")} has no trading volume.`, {
    hint: "Leave out maxParticipation and impact, which are measured against it.",
    details: { symbols },
  });
}
