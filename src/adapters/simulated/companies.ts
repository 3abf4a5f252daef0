/**
 * How the named companies of the simulated market behave. Prices start in January 2015 at invented but
 * plausible levels; the other figures are round numbers of the order that such companies showed in
 * 2015-2025. None of them is an estimate, and nothing that follows from them says anything about the real company.
 */
export interface SimulatedCompany {
  readonly symbol: string;
  readonly sector: Sector;
  /** In dollars, before the first session. */
  readonly price: number;
  /** Sensitivity to the market factor. */
  readonly beta: number;
  /** Of the company's own part, per year. */
  readonly volatility: number;
  /** Mean of the company's own part, per year. */
  readonly drift: number;
  /** Shares on an ordinary day. */
  readonly volume: number;
}

/** Volatility of each sector's own factor, per year. */
export const SECTORS = {
  technology: 0.12,
  communication: 0.1,
  consumer: 0.1,
  staples: 0.08,
  financials: 0.12,
  health: 0.09,
  industrials: 0.11,
  energy: 0.2,
} as const;

export type Sector = keyof typeof SECTORS;

type Row = readonly [
  symbol: string,
  sector: Sector,
  price: number,
  beta: number,
  volatility: number,
  drift: number,
  millionShares: number,
];

const ROWS: readonly Row[] = [
  ["AAPL", "technology", 28, 1.2, 0.2, 0.05, 110],
  ["AMD", "technology", 18, 1.6, 0.4, 0.05, 55],
  ["AMZN", "consumer", 32, 1.2, 0.24, 0.05, 70],
  ["BA", "industrials", 120, 1.2, 0.26, 0, 7],
  ["BAC", "financials", 17, 1.3, 0.18, 0.01, 60],
  ["CAT", "industrials", 85, 1.1, 0.2, 0.02, 4],
  ["COST", "staples", 140, 0.8, 0.16, 0.06, 2.5],
  ["CRM", "technology", 60, 1.2, 0.26, 0.03, 6],
  ["CVX", "energy", 85, 1, 0.14, 0.02, 9],
  ["DIS", "communication", 90, 1.1, 0.2, 0, 10],
  ["GE", "industrials", 130, 1.1, 0.26, 0.02, 8],
  ["GOOGL", "communication", 27, 1.1, 0.18, 0.04, 35],
  ["GS", "financials", 165, 1.3, 0.17, 0.02, 2.8],
  ["HD", "consumer", 90, 1, 0.16, 0.04, 4],
  ["INTC", "technology", 32, 1.1, 0.25, -0.01, 30],
  ["JNJ", "health", 85, 0.6, 0.12, 0.02, 7],
  ["JPM", "financials", 52, 1.2, 0.15, 0.03, 14],
  ["KO", "staples", 34, 0.6, 0.11, 0.02, 14],
  ["MCD", "consumer", 78, 0.7, 0.14, 0.03, 4],
  ["META", "communication", 78, 1.2, 0.28, 0.05, 22],
  ["MSFT", "technology", 41, 1.1, 0.16, 0.06, 28],
  ["NFLX", "communication", 50, 1.2, 0.36, 0.05, 9],
  ["NVDA", "technology", 20, 1.6, 0.34, 0.08, 45],
  ["PFE", "health", 24, 0.7, 0.17, 0, 28],
  ["PG", "staples", 72, 0.6, 0.12, 0.02, 8],
  ["TSLA", "consumer", 45, 1.7, 0.45, 0.08, 95],
  ["UNH", "health", 90, 0.8, 0.18, 0.05, 3.5],
  ["V", "financials", 64, 1, 0.14, 0.04, 8],
  ["VZ", "communication", 33, 0.5, 0.14, 0.01, 17],
  ["WMT", "staples", 26, 0.6, 0.16, 0.04, 18],
  ["XOM", "energy", 65, 0.9, 0.14, 0.01, 17],
];

export const COMPANIES: readonly SimulatedCompany[] = ROWS.map(
  ([symbol, sector, price, beta, volatility, drift, millionShares]) => ({
    symbol,
    sector,
    price,
    beta,
    volatility,
    drift,
    volume: millionShares * 1e6,
  }),
);

/** The index of the simulated market: the market factor itself, before any company's own part. */
export const INDEX = { symbol: "SIM500", price: 2000, volume: 3.5e9 } as const;
