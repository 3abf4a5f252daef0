import { count, decimal, inline, money, percent, price, signed } from "../format.ts";
import { bullets, quoted, section, table } from "../markdown.ts";
import type { PortfolioResult } from "../plan/results.ts";
import { alikeReasons } from "../../../domain/run/alike-reasons.ts";

/** The proposed weights in shares and money, with cash, the limits that bound, and what was left out. */
export function portfolioSection(portfolio: PortfolioResult): string {
  return section("Proposed portfolio", [
    `Capital ${money(portfolio.capital)}, method ${methodName(portfolio)}. This is a proposal; nothing was traded.`,
    ...(holdsNothing(portfolio)
      ? ["Nothing is bought: all of it stays in cash."]
      : [positions(portfolio), bullets(facts(portfolio))]),
    heading("Limits that bound", portfolio.limits),
    excluded(portfolio),
  ]);
}

export function holdsNothing(portfolio: PortfolioResult): boolean {
  return portfolio.positions?.length === 0;
}

/** Whether weights were found, but the capital does not reach for one share of any. */
export function buysNoShare({ positions }: PortfolioResult): boolean {
  return positions !== undefined && positions.length > 0 && positions.every(({ shares }) => shares === 0);
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
    `Turnover ${percent(turnover)}, estimated cost of the trades ${decimal(cost)}`,
    "Shares are whole, so the money in cash differs a little from its weight",
  ];
}

function heading(title: string, sentences: readonly string[] | undefined): string {
  return sentences === undefined || sentences.length === 0 ? "" : `${title}:\n\n${quoted(sentences)}`;
}

function excluded(portfolio: PortfolioResult): string {
  const lines = alikeReasons(portfolio.excluded ?? []).map(inline);
  return lines.length === 0 ? "" : `Left out:\n\n${bullets(lines)}`;
}
