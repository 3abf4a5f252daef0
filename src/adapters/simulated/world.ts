import type { Bars } from "../../domain/market/bars.ts";
import type { Calendar } from "../../domain/market/calendar.ts";
import type { Column } from "../../domain/market/column.ts";
import { type Random, randomFrom } from "../../domain/random.ts";
import { COMPANIES, INDEX, SECTORS, type Sector, type SimulatedCompany } from "./companies.ts";
import { type Clustering, type FactorPath, factorPath } from "./factor-path.ts";
import { REGIMES, regimePath } from "./regimes.ts";
import { sessionBars, type SessionTimes } from "./session-bars.ts";

/** The first session of every simulated market. */
export const FIRST_DATE = "2015-01-02";

const SESSIONS_PER_YEAR = 252;
const PER_SESSION = 1 / Math.sqrt(SESSIONS_PER_YEAR);

const MARKET_CLUSTERING: Clustering = { shock: 0.04, loss: 0.12, memory: 0.86 };
const OWN_CLUSTERING: Clustering = { shock: 0.05, loss: 0.04, memory: 0.85 };

/** Sessions from one earnings release to the next. */
const QUARTER = 63;

/** Standard deviation of the overnight return on earnings, as a fraction of the company's own annual volatility. */
const EARNINGS_SHARE = 0.15;

/**
 * One simulated market from its first session to a last date. Every path draws from a stream of its own,
 * session by session: what is asked for, in which order and up to which date changes nothing that came before.
 */
export class World {
  readonly times: SessionTimes;
  /** Indices into REGIMES. */
  readonly regimes: Uint8Array;
  readonly market: FactorPath;
  readonly #random: Random;
  readonly #ownScale: Column;
  readonly #zero: Column;
  readonly #sectors = new Map<Sector, FactorPath>();
  readonly #bars = new Map<string, Bars>();

  constructor(seed: number, calendar: Calendar, lastDate: string) {
    const sessions = calendar.sessions(FIRST_DATE, lastDate);
    this.times = {
      time: Float64Array.from(sessions, (session) => session.open),
      closeTime: Float64Array.from(sessions, (session) => session.close),
    };
    this.#random = randomFrom(seed);
    this.regimes = regimePath(this.#random.fork("regimes"), sessions.length);
    const ofRegime = (field: "drift" | "volatility" | "ownVolatility"): Column =>
      Float64Array.from(this.regimes, (regime) => REGIMES[regime]?.[field] ?? NaN);
    this.#ownScale = ofRegime("ownVolatility").map((scale) => scale * PER_SESSION);
    this.#zero = new Float64Array(sessions.length);
    this.market = factorPath(
      this.#random.fork("market"),
      ofRegime("drift").map((drift) => drift / SESSIONS_PER_YEAR),
      ofRegime("volatility").map((volatility) => volatility * PER_SESSION),
      MARKET_CLUSTERING,
    );
  }

  /** All bars of a symbol, or undefined where the market has none of that name. */
  bars(symbol: string): Bars | undefined {
    const held = this.#bars.get(symbol);
    if (held !== undefined) return held;
    const company = COMPANIES.find((one) => one.symbol === symbol);
    if (company === undefined && symbol !== INDEX.symbol) return undefined;
    const bars = company === undefined ? this.#indexBars() : this.#companyBars(company);
    this.#bars.set(symbol, bars);
    return bars;
  }

  #indexBars(): Bars {
    return sessionBars(this.#random.fork(INDEX.symbol), this.times, {
      ...INDEX,
      exposures: [{ path: this.market, beta: 1 }],
      jumps: this.#zero,
    });
  }

  #companyBars(company: SimulatedCompany): Bars {
    const random = this.#random.fork(company.symbol);
    const drift = this.#zero.map(() => company.drift / SESSIONS_PER_YEAR);
    const own = this.#ownPath(random.fork("own"), drift, company.volatility);
    return sessionBars(random.fork("bars"), this.times, {
      symbol: company.symbol,
      price: company.price,
      volume: company.volume,
      exposures: [
        { path: this.market, beta: company.beta },
        { path: this.#sector(company.sector), beta: 1 },
        { path: own, beta: 1 },
      ],
      jumps: this.#earnings(random.fork("earnings"), company.volatility * EARNINGS_SHARE),
    });
  }

  #sector(sector: Sector): FactorPath {
    let path = this.#sectors.get(sector);
    if (path === undefined) {
      path = this.#ownPath(this.#random.fork(sector), this.#zero, SECTORS[sector]);
      this.#sectors.set(sector, path);
    }
    return path;
  }

  #ownPath(random: Random, mean: Column, volatility: number): FactorPath {
    const scaled = this.#ownScale.map((scale) => scale * volatility);
    return factorPath(random, mean, scaled, OWN_CLUSTERING);
  }

  /** Once a quarter, on a session of the company's own, the price opens with a jump of either sign. */
  #earnings(random: Random, deviation: number): Column {
    const jumps = new Float64Array(this.times.time.length);
    for (let i = random.integer(QUARTER); i < jumps.length; i += QUARTER) {
      jumps[i] = deviation * random.normal();
    }
    return jumps;
  }
}
