import { count, inline, money, percent, price, signed } from "../format.ts";
import { bullets, quoted, section, table } from "../markdown.ts";
import type { PortfolioResult } from "../plan/results.ts";

/** The proposed weights in shares and money, with cash, the limits that bound, and what was left out. */
export function portfolioSection(portfolio: PortfolioResult): string {
  return section("Proposed portfolio", [
    `Capital ${money(portfolio.capital)}, method ${methodName(portfolio)}. Decided by: ${portfolio.by ?? "n/a"}. This is a proposal; nothing was traded.`,
    positions(portfolio),
    bullets(facts(portfolio)),
    heading("Limits that bound", portfolio.limits),
    excluded(portfolio),
  ]);
}

export function methodName(portfolio: PortfolioResult): string {
  return (portfolio.method ?? "not stated").replaceAll("-", " ");
}

function positions(portfolio: PortfolioResult): string {
  const rows = (portfolio.positions ?? []).map((one) => [
    inline(one.symbol ?? "n/a"),
    percent(one.weight),
    count(one.shares),
    price(one.price),
    money(one.notional),
    signed(one.score),
  ]);
  return table(
    ["Symbol", "Weight", "Shares", "Price", "Money", "Score"],
    [...rows, ["Cash", percent(portfolio.cash), "", "", money(portfolio.cashAmount), ""]],
  );
}

function facts(portfolio: PortfolioResult): string[] {
  const { expectedReturn, volatility, turnover, cost, exposure, allowedExposure } = portfolio;
  return [
    `Exposure ${percent(exposure)} of the ${percent(allowedExposure)} that the risk agent allows`,
    ...(typeof expectedReturn === "number"
      ? [`Expected return from the scores, a year: ${percent(expectedReturn)}`]
      : []),
    ...(typeof volatility === "number" ? [`Expected volatility, a year: ${percent(volatility)}`] : []),
    `Turnover ${percent(turnover)}, estimated cost of the trades ${price(cost)}`,
    "Shares are whole, so the money in cash differs a little from its weight",
  ];
}

function heading(title: string, sentences: readonly string[] | undefined): string {
  return sentences === undefined || sentences.length === 0 ? "" : `${title}:\n\n${quoted(sentences)}`;
}

function excluded(portfolio: PortfolioResult): string {
  const lines = (portfolio.excluded ?? []).map(
    (one) => `${inline(one.symbol ?? "")}: ${inline(one.reason ?? "")}`,
  );
  return lines.length === 0 ? "" : `Left out:\n\n${bullets(lines)}`;
}
