/** A closing level of the S&P 500. */
export type Level = readonly [day: string, close: number];

/**
 * A fall of the S&P 500 between two closes, with closes on the way down and, where it is told, on the way back to where
 * it began. The one place where the product keeps such facts.
 */
export interface IndexDecline {
  /** From the close before the fall (first) to the lowest close (last). */
  readonly fall: readonly Level[];
  /** After the lowest close, up to the first close above the level at which it began; empty where it is not told. */
  readonly recovery: readonly Level[];
  /** Sample deviation of daily log returns of the SPDR S&P 500 fund, annualised by 252 days. */
  readonly fallVolatility: number;
  readonly recoveryVolatility: number;
}

export const LEVELS_SOURCE = "closing levels, S&P Dow Jones Indices";

/** Move of the index from the first close to the lowest. */
export function declineOf({ fall }: IndexDecline): number {
  return (fall.at(-1)?.[1] ?? NaN) / (fall[0]?.[1] ?? NaN) - 1;
}

/** First and last day of the fall. */
export function daysOf({ fall }: IndexDecline): readonly [from: string, to: string] {
  return [fall[0]?.[0] ?? "", fall.at(-1)?.[0] ?? ""];
}

function levels(text: string): Level[] {
  return text
    .trim()
    .split(/\s*,\s*/)
    .map((entry) => {
      const [day = "", close = ""] = entry.split(/\s+/);
      return [day, Number(close)];
    });
}

export const CRASH_OF_1987: IndexDecline = {
  fall: levels("1987-10-16 282.70, 1987-10-19 224.84"),
  recovery: [],
  fallVolatility: 0,
  recoveryVolatility: 0,
};

export const RATE_SHOCK_OF_1994: IndexDecline = {
  fall: levels("1994-02-02 482.00, 1994-02-28 467.14, 1994-03-31 445.77, 1994-04-04 438.92"),
  recovery:
    levels(`1994-04-29 450.91, 1994-05-31 456.50, 1994-06-30 444.27, 1994-07-29 458.26, 1994-08-31 475.49,
    1994-09-30 462.71, 1994-10-31 472.35, 1994-11-30 453.69, 1994-12-30 459.27, 1995-01-31 470.42, 1995-02-14 482.55`),
  fallVolatility: 0.117,
  recoveryVolatility: 0.101,
};

export const DOT_COM_BUST: IndexDecline = {
  fall: levels(`2000-03-24 1527.46, 2000-03-31 1498.58, 2000-04-28 1452.43, 2000-05-31 1420.60, 2000-06-30 1454.60,
    2000-07-31 1430.83, 2000-08-31 1517.68, 2000-09-29 1436.51, 2000-10-31 1429.40, 2000-11-30 1314.95,
    2000-12-29 1320.28, 2001-01-31 1366.01, 2001-02-28 1239.94, 2001-03-30 1160.33, 2001-04-30 1249.46,
    2001-05-31 1255.82, 2001-06-29 1224.38, 2001-07-31 1211.23, 2001-08-31 1133.58, 2001-09-21 965.80,
    2001-09-28 1040.94, 2001-10-31 1059.78, 2001-11-30 1139.45, 2001-12-31 1148.08, 2002-01-31 1130.20,
    2002-02-28 1106.73, 2002-03-28 1147.39, 2002-04-30 1076.92, 2002-05-31 1067.14, 2002-06-28 989.82,
    2002-07-31 911.62, 2002-08-30 916.07, 2002-09-30 815.28, 2002-10-09 776.76`),
  recovery:
    levels(`2002-11-29 936.31, 2002-12-31 879.82, 2003-03-11 800.73, 2003-03-31 848.18, 2003-06-30 974.50,
    2003-09-30 995.97, 2003-12-31 1111.92, 2004-03-31 1126.21, 2004-06-30 1140.84, 2004-09-30 1114.58,
    2004-12-31 1211.92, 2005-03-31 1180.59, 2005-06-30 1191.33, 2005-09-30 1228.81, 2005-12-30 1248.29,
    2006-03-31 1294.83, 2006-06-30 1270.20, 2006-09-29 1335.85, 2006-12-29 1418.30, 2007-03-30 1420.86,
    2007-05-30 1530.23`),
  fallVolatility: 0.236,
  recoveryVolatility: 0.132,
};

export const FINANCIAL_CRISIS: IndexDecline = {
  fall: levels(`2007-10-09 1565.15, 2007-10-31 1549.38, 2007-11-30 1481.14, 2007-12-31 1468.36, 2008-01-31 1378.55,
    2008-02-29 1330.63, 2008-03-31 1322.70, 2008-04-30 1385.59, 2008-05-30 1400.38, 2008-06-30 1280.00,
    2008-07-31 1267.38, 2008-08-29 1282.83, 2008-09-30 1166.36, 2008-10-31 968.75, 2008-11-20 752.44,
    2008-11-28 896.24, 2008-12-31 903.25, 2009-01-30 825.88, 2009-02-27 735.09, 2009-03-09 676.53`),
  recovery:
    levels(`2009-03-31 797.87, 2009-06-30 919.32, 2009-09-30 1057.08, 2009-12-31 1115.10, 2010-03-31 1169.43,
    2010-06-30 1030.71, 2010-09-30 1141.20, 2010-12-31 1257.64, 2011-03-31 1325.83, 2011-06-30 1320.64,
    2011-09-30 1131.42, 2011-12-30 1257.60, 2012-03-30 1408.47, 2012-06-29 1362.16, 2012-09-28 1440.67,
    2012-12-31 1426.19, 2013-03-28 1569.19`),
  fallVolatility: 0.38,
  recoveryVolatility: 0.192,
};

export const FLASH_CRASH_OF_2010: IndexDecline = {
  fall: levels("2010-05-05 1165.87, 2010-05-06 1128.15, 2010-05-07 1110.88"),
  recovery: levels("2010-05-10 1159.73, 2010-05-12 1171.67"),
  fallVolatility: 0.149,
  recoveryVolatility: 0.149,
};

/** The index's lowest level within 2010-05-06, 8.6 % below the close before. */
export const FLASH_CRASH_LOW = 1065.79;

export const PANDEMIC_CRASH: IndexDecline = {
  fall: levels(`2020-02-19 3386.15, 2020-02-20 3373.23, 2020-02-21 3337.75, 2020-02-24 3225.89, 2020-02-25 3128.21,
    2020-02-26 3116.39, 2020-02-27 2978.76, 2020-02-28 2954.22, 2020-03-02 3090.23, 2020-03-03 3003.37,
    2020-03-04 3130.12, 2020-03-05 3023.94, 2020-03-06 2972.37, 2020-03-09 2746.56, 2020-03-10 2882.23,
    2020-03-11 2741.38, 2020-03-12 2480.64, 2020-03-13 2711.02, 2020-03-16 2386.13, 2020-03-17 2529.19,
    2020-03-18 2398.10, 2020-03-19 2409.39, 2020-03-20 2304.92, 2020-03-23 2237.40`),
  recovery:
    levels(`2020-03-31 2584.59, 2020-04-30 2912.43, 2020-05-29 3044.31, 2020-06-30 3100.29, 2020-07-31 3271.12,
    2020-08-18 3389.78`),
  fallVolatility: 0.78,
  recoveryVolatility: 0.307,
};

/** The volatility of the fall is the rounded figure that is commonly given for the index in 2022. */
export const BEAR_MARKET_OF_2022: IndexDecline = {
  fall: levels(`2022-01-03 4796.56, 2022-01-31 4515.55, 2022-02-28 4373.94, 2022-03-31 4530.41, 2022-04-29 4131.93,
    2022-05-31 4132.15, 2022-06-30 3785.38, 2022-07-29 4130.29, 2022-08-31 3955.00, 2022-09-30 3585.62,
    2022-10-12 3577.03`),
  recovery:
    levels(`2022-10-31 3871.98, 2022-11-30 4080.11, 2022-12-30 3839.50, 2023-01-31 4076.60, 2023-02-28 3970.15,
    2023-03-31 4109.31, 2023-04-28 4169.48, 2023-05-31 4179.83, 2023-06-30 4450.38, 2023-07-31 4588.96,
    2023-08-31 4507.66, 2023-09-29 4288.05, 2023-10-31 4193.80, 2023-11-30 4567.80, 2023-12-29 4769.83,
    2024-01-19 4839.81`),
  fallVolatility: 0.24,
  recoveryVolatility: 0.155,
};
