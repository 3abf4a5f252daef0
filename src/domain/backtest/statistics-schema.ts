import { z } from "zod";

/** Confidence of the value at risk, of the expected shortfall and of the minimum track record. */
export const CONFIDENCE = 0.95;

/** Share of a bar's volume that the capacity allows for a fill. */
export const PARTICIPATION = 0.01;

function statistic(description: string): z.ZodNullable<z.ZodNumber> {
  return z.number().nullable().describe(description);
}

/**
 * The statistics beside the metrics; definitions and sources stand in statistics/. Returns and losses are
 * fractions. Null where `absent` says why.
 */
export const statisticsSchema = z.object({
  bestDay: statistic("Return of the best calendar day (UTC)"),
  worstDay: statistic("Return of the worst calendar day"),
  bestMonth: statistic("Return of the best calendar month, be it a part of one"),
  worstMonth: statistic("Return of the worst calendar month"),
  positiveMonths: statistic("Share of the calendar months with a gain"),
  valueAtRisk: statistic("Historical, of one day, a positive loss; confidence as in definitions"),
  expectedShortfall: statistic("Historical, of one day, a positive loss"),
  skewness: statistic("Of returns per bar, divisor n"),
  kurtosis: statistic("Of returns per bar, divisor n; 3 of a normal distribution"),
  tailRatio: statistic("95th percentile of returns per bar / 5th, absolute"),
  omega: statistic("Returns per bar above the risk-free rate / below it"),
  downsideDeviation: statistic("Of returns per bar below the risk-free rate, per year"),
  stability: statistic("R^2 of a straight line through the logarithm of the equity"),
  ulcerIndex: statistic("Root mean square of the drawdowns"),
  averageDrawdown: statistic("Mean depth, negative"),
  averageDrawdownDays: statistic("Mean calendar days below a high"),
  longestDrawdownDays: statistic("Most calendar days below a high"),
  alpha: statistic("Jensen's, per year, against the market named in definitions"),
  beta: statistic("Against the same market"),
  informationRatio: statistic("Per year, against the same market"),
  upCapture: statistic("Mean return where the market rose / the market's own"),
  downCapture: statistic("The same where it fell"),
  timeInMarket: statistic("Share of bars at whose close something is held"),
  expectancy: statistic("Mean return of a closed trade"),
  sqn: statistic("System quality number"),
  kellyFraction: statistic("Share of the capital that grows fastest, from win rate and payoff"),
  bestTrade: statistic("Return of the best closed trade"),
  worstTrade: statistic("Return of the worst closed trade"),
  averageTradeDays: statistic("Mean calendar days from first to last fill of a closed trade"),
  capacity: statistic(
    "Largest capital at which no fill exceeds the share of its bar's volume that definitions name",
  ),
  probabilisticSharpe: statistic("Probability that the true Sharpe ratio is above 0"),
  minimumTrackRecordYears: statistic("Years after which a Sharpe ratio above 0 would be believed"),
});

export type Statistics = z.output<typeof statisticsSchema>;

export const drawdownSchema = z.object({
  start: z.string().describe("Close of the bar of the high"),
  trough: z.string(),
  recovery: z.string().nullable().describe("Close at which the high was reached again; null: not by the end"),
  depth: z.number().describe("Negative"),
  bars: z.int().describe("From the high to the recovery, or to the end"),
  days: z.number().describe("Calendar days of the same"),
});

export type Drawdown = z.output<typeof drawdownSchema>;
