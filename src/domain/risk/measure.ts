import { FinAgentError } from "../errors.ts";
import type { Bars } from "../market/bars.ts";
import type { MarketView } from "../market/view.ts";
import type { Constraints } from "../policy/constraints.ts";
import type { RiskPolicy } from "../policy/risk.ts";
import { absent, isAbsent, orNull, type Statistic } from "../statistic.ts";
import { barsPerDay, periodsPerYear } from "./annualisation.ts";
import { type Book, createBook } from "./book.ts";
import { findBreaches } from "./breaches.ts";
import { concentration } from "./concentration.ts";
import { correlatedPairs } from "./correlation.ts";
import { drawdown } from "./drawdown.ts";
import { historicalExpectedShortfall, parametricExpectedShortfall } from "./expected-shortfall.ts";
import { exposureLimits, withinLimits } from "./exposure.ts";
import { riskLevel } from "./level.ts";
import { fitMarket, stressBeta } from "./market-fit.ts";
import { percent } from "./percent.ts";
import type { RiskReport } from "./report.ts";
import { stressLosses } from "./stress.ts";
import { historicalValueAtRisk, parametricValueAtRisk } from "./value-at-risk.ts";
import { volatility } from "./volatility.ts";

export interface RiskOptions {
  readonly policy: RiskPolicy;
  readonly dataSetId: string;
  /** Default: the symbols of `weights`, else all of the view. */
  readonly symbols?: readonly string[];
  /** Fractions of equity; default: equal weights. */
  readonly weights?: Readonly<Record<string, number>>;
  /** The source's index, already cut to what is known at the view's time; null where it has none. */
  readonly benchmark: Bars | null;
  readonly constraints?: Constraints;
}

const NO_BENCHMARK = absent("The source has no benchmark to measure beta against.");

/**
 * Measures a book, the given one or else equal weights of every symbol of the view that can be measured (the others
 * are `unmeasured`), over the policy's look-back: all figures come from the last `lookbackBars` bars that its symbols
 * have in common (`bars` of them, so one return fewer). VaR and ES are for one day; on intraday bars they are those
 * of one bar x sqrt(bars per day). The parametric ones assume normal returns.
 * @throws FinAgentError DATA_INSUFFICIENT on fewer than 20 common bars; UNKNOWN_SYMBOL; BAD_ARGUMENT on weights that
 * are no book; LookaheadError where the benchmark holds bars that the view does not know
 */
export function measureRisk(view: MarketView, options: RiskOptions): RiskReport {
  const { policy, benchmark } = options;
  const book = createBook(view, policy.lookbackBars, options);
  const [symbol = ""] = book.symbols;
  const year = periodsPerYear(view.bars(symbol));
  const day = Math.sqrt(barsPerDay(view.bars(symbol)));
  const reasons: Record<string, string> = {};
  const noted = (path: string, statistic: Statistic): number | null => {
    if (isAbsent(statistic)) reasons[path] = statistic.absent;
    return orNull(statistic);
  };

  const fit =
    benchmark === null
      ? null
      : fitMarket(view, book, benchmark, { lookback: policy.lookbackBars, periodsPerYear: year });
  const bookVolatility = known(volatility(book.returns, year));
  const valueAtRisk = known(historicalValueAtRisk(book.returns, policy.confidence)) * day;
  const fall = drawdown(book.returns);
  const perSymbol = book.symbols.map((name, s) => {
    const returns = book.window.returns[s] ?? new Float64Array(0);
    const own = drawdown(returns);
    return {
      symbol: name,
      volatility: known(volatility(returns, year)),
      valueAtRisk: known(historicalValueAtRisk(returns, policy.confidence)) * day,
      maxDrawdown: own.max,
      currentDrawdown: own.current,
      beta: noted(`perSymbol.${name}.beta`, fit?.symbolBetas[s] ?? NO_BENCHMARK),
    };
  });

  const stress = stressLosses({
    positions: perSymbol.map((one) => ({ ...one, weight: book.weights[one.symbol] ?? 0 })),
    volatility: bookVolatility,
    beta: stressBeta(fit),
    confidence: policy.confidence,
  });
  const weights = { ...book.weights };
  const breaches = findBreaches({ policy, currentDrawdown: fall.current, stress, weights });
  const { level, reasons: levelReasons } = riskLevel(
    { volatility: bookVolatility, valueAtRisk, drawdown: -fall.current },
    policy,
  );
  const basis = { policy, level, volatility: bookVolatility, stress, breaches, weights };
  const limits = exposureLimits(basis, options.constraints);
  const allowedExposure = withinLimits(limits);
  if (fit === null) noted("beta", NO_BENCHMARK);

  return {
    asOf: new Date(view.asOf).toISOString(),
    dataSetId: options.dataSetId,
    ...basis,
    basis: book.basis,
    unmeasured: book.unmeasured,
    bars: book.window.length,
    reasons: levelReasons,
    allowedExposure,
    exposureReasons: limits.map((limit) => limit.reason),
    valueAtRisk: {
      confidence: policy.confidence,
      historical: valueAtRisk,
      parametric: known(parametricValueAtRisk(book.returns, policy.confidence)) * day,
    },
    expectedShortfall: {
      confidence: policy.confidence,
      historical: known(historicalExpectedShortfall(book.returns, policy.confidence)) * day,
      parametric: known(parametricExpectedShortfall(book.returns, policy.confidence)) * day,
    },
    maxDrawdown: fall.max,
    currentDrawdown: fall.current,
    beta: fit === null ? null : { benchmark: fit.benchmark, value: noted("beta.value", fit.beta) },
    correlation: correlationOf(book, noted),
    concentration: concentration(book.weights),
    perSymbol,
    absent: reasons,
    summary:
      `Risk is ${level}: volatility of ${percent(bookVolatility)} a year, a one-day VaR of ${percent(valueAtRisk)} ` +
      `at ${percent(policy.confidence)} confidence, ${percent(-fall.current)} below the window's high` +
      `${breaches.length === 0 ? "" : `, beyond ${breaches.length === 1 ? "a limit" : "both limits"} of the policy`}. ` +
      `It allows an exposure of ${percent(allowedExposure)}.` +
      (book.unmeasured.length === 0
        ? ""
        : ` Not measured: ${book.unmeasured.map((one) => one.symbol).join(", ")}.`),
  };
}

function correlationOf(
  book: Book,
  noted: (path: string, statistic: Statistic) => number | null,
): RiskReport["correlation"] {
  const pairs = correlatedPairs(book.window.returns);
  const why =
    book.symbols.length < 2 ? "A correlation needs two symbols." : "No two of the symbols' prices moved.";
  const [first, ...others] = pairs;
  if (first === undefined) {
    noted("correlation.highest", absent(why));
    return { mean: noted("correlation.mean", absent(why)), highest: null };
  }
  const highest = others.reduce((best, pair) => (pair.value > best.value ? pair : best), first);
  return {
    mean: pairs.reduce((sum, pair) => sum + pair.value, 0) / pairs.length,
    highest: {
      pair: [book.symbols[highest.first] ?? "", book.symbols[highest.second] ?? ""],
      value: highest.value,
    },
  };
}

/** A figure that 20 bars always have; anything else means prices that are no numbers. */
function known(statistic: Statistic): number {
  if (!isAbsent(statistic)) return statistic;
  throw new FinAgentError("NUMERICAL", `A risk figure could not be computed: ${statistic.absent}`, {
    hint: "Check the data for prices that are missing or not positive.",
  });
}
