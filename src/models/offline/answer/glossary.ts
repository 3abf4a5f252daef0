interface Term {
  readonly name: string;
  readonly pattern: RegExp;
  readonly meaning: string;
}

const term = (name: string, pattern: RegExp, meaning: string): Term => ({ name, pattern, meaning });

/** Terms of the field as this product uses them; the longer names first. */
const GLOSSARY: readonly Term[] = [
  term(
    "Value at risk (VaR)",
    /\bvar\b|value[- ]at[- ]risk/i,
    "The loss that is not exceeded on a day with the stated confidence: historical VaR reads it from the past returns, parametric VaR from their mean and standard deviation. It says nothing of how bad the worse days are.",
  ),
  term(
    "Expected shortfall (ES)",
    /\bes\b|\bcvar\b|expected shortfall|conditional var/i,
    "The mean loss on the days on which the value at risk is exceeded.",
  ),
  term(
    "Volatility",
    /\bvolatility\b|\bvola?\b/i,
    "The standard deviation of the returns, scaled to a year: how widely a price swings, up and down alike.",
  ),
  term(
    "Drawdown",
    /\bdraw-?downs?\b/i,
    "The fall from the highest value so far, as a fraction of it. The largest drawdown is the deepest such fall of the period.",
  ),
  term(
    "Beta",
    /\bbeta\b/i,
    "How much a return moves with the market's on average: the covariance with the market divided by the market's variance.",
  ),
  term(
    "Alpha score",
    /\balpha\b|\bscore\b|\bsignal\b/i,
    "The weighted mean of the factors' scores, from full short to full long. A score whose size is below the policy's threshold is neutral.",
  ),
  term(
    "Confidence",
    /\bconfidence\b/i,
    "Of a signal: how far its factors agree, and the share of them that had enough history.",
  ),
  term(
    "Sharpe ratio",
    /\bsharpe\b/i,
    "The mean return above the risk-free rate divided by the standard deviation of the returns, scaled to a year (Sharpe).",
  ),
  term(
    "Sortino ratio",
    /\bsortino\b/i,
    "Like the Sharpe ratio, but only falls count as risk: the divisor is the deviation below the target.",
  ),
  term(
    "Calmar ratio",
    /\bcalmar\b/i,
    "The compound annual growth divided by the size of the largest drawdown.",
  ),
  term(
    "Compound annual growth (CAGR)",
    /\bcagr\b|compound annual/i,
    "The constant yearly rate that leads from the first value to the last.",
  ),
  term(
    "Hierarchical risk parity",
    /\bhrp\b|hierarchical risk[- ]parity/i,
    "Symbols are clustered by correlation, and risk is divided along the tree of clusters, without inverting the covariance matrix (López de Prado).",
  ),
  term(
    "Risk parity",
    /\brisk[- ]parity\b/i,
    "Weights under which every name contributes the same share of the portfolio's volatility.",
  ),
  term(
    "Minimum variance",
    /\bminimum[- ]variance\b|\bmin[- ]var\b/i,
    "The weights with the lowest volatility that the covariance allows (Markowitz).",
  ),
  term(
    "Maximum Sharpe",
    /\bmax(?:imum)?[- ]sharpe\b|\btangency\b/i,
    "The weights with the highest expected return per unit of volatility; here the expected returns follow from the scores.",
  ),
  term("Equal weight", /\bequal[- ]weight/i, "Every name gets the same share."),
  term(
    "Inverse volatility",
    /\binverse[- ]vol/i,
    "Weights in proportion to the inverse of each name's volatility; correlations are left out.",
  ),
  term(
    "Shrinkage",
    /\bshrinkage\b|ledoit/i,
    "The sample covariance is drawn towards a simpler matrix, which makes its extremes less wild (Ledoit and Wolf).",
  ),
  term(
    "Stress test",
    /\bstress(?:[- ]test\w*)?\b/i,
    "The market's move of a past or an assumed shock, applied to the book through its beta or its own prices.",
  ),
  term(
    "Exposure",
    /\bexposure\b/i,
    "The sum of the sizes of all weights. The risk agent allows less of it the higher the risk is.",
  ),
  term("Turnover", /\bturnover\b/i, "The sum of the sizes of all changes of weights."),
  term(
    "Momentum",
    /\bmomentum\b/i,
    "The return over a look-back window: what has risen tends to go on rising for a while (Jegadeesh and Titman).",
  ),
  term(
    "Mean reversion",
    /\b(?:mean )?reversion\b|\breversal\b/i,
    "The tendency of short-term moves to be taken back.",
  ),
  term(
    "Moving average cross",
    /\bsma\b|\bmoving[- ]average|\bgolden cross\b/i,
    "Invested while the average price of a short window is above that of a long one.",
  ),
  term(
    "Correlation",
    /\bcorrelation\b/i,
    "How far two returns move together: from opposite, over independent, to alike.",
  ),
  term(
    "Diversification",
    /\bdiversif\w+\b|\beffective (?:number of )?names\b|\bherfindahl\b/i,
    "The effective number of names is the inverse of the sum of the squared weights (Herfindahl): how many equal positions would be as concentrated.",
  ),
  term("Basis point", /\bbasis points?\b|\bbps\b/i, "The hundredth part of a percent."),
  term(
    "Slippage",
    /\bslippage\b/i,
    "The difference between the price at which a decision was made and the price of its fill.",
  ),
  term(
    "Backtest",
    /\bback-?test\w*\b/i,
    "A strategy run over past prices, where each decision knows only what was known by then, with costs, against buy and hold. A good one is no promise.",
  ),
  term(
    "Verdict",
    /\bverdict\b|\bno evidence\b|\bholds up\b/i,
    'What a backtest shows. "No evidence": too few trades to judge by, or chance may explain the result: the same positions at random times, or the probability of a Sharpe ratio above zero. "Weak": chance does not explain it, but buy and hold was as good, or it is gone at twice the costs or with a fill one bar later. "Holds up": none of these, on this past.',
  ),
  term(
    "Look-ahead",
    /\blook-?ahead\b/i,
    "The fault of a backtest that uses what was not known yet. Every reader of data here is bound to a time and cannot see past it.",
  ),
  term(
    "Overfitting",
    /\boverfit\w*\b|\bdeflated\b/i,
    "Rules that fit the noise of the past. The more rules are tried, the better the best one looks by luck alone.",
  ),
  term(
    "Buy and hold",
    /\bbuy and hold\b|\bbuy-and-hold\b/i,
    "Bought at the start in equal parts and held to the end: the yardstick of every backtest.",
  ),
  term(
    "Long and short",
    /\b(?:go(?:ing)? )?short\b|\blong[- ]only\b/i,
    "A long position gains when the price rises, a short one when it falls. Long only means that nothing is sold short.",
  ),
];

/** The terms that the words name, at most three. */
export function explainTerms(text: string): string[] {
  return GLOSSARY.filter(({ pattern }) => pattern.test(text))
    .slice(0, 3)
    .map(({ name, meaning }) => `**${name}.** ${meaning}`);
}
