import { describe, expect, it } from "vitest";
import { readUtterance } from "./utterance.ts";

const named = (text: string): readonly string[] => readUtterance(text, "2025-08-15").symbols.named;
const doubtful = (text: string) => readUtterance(text, "2025-08-15").symbols.doubtful;

describe("symbols in a message", () => {
  it.each<[string, string[]]>([
    ["Analyze AAPL", ["AAPL"]],
    ["analyze aapl", ["AAPL"]],
    ["$aapl", ["AAPL"]],
    ["$TSLA to the moon", ["TSLA"]],
    ["aapl", ["AAPL"]],
    ["AAPL, MSFT & NVDA", ["AAPL", "MSFT", "NVDA"]],
    ["AAPL,MSFT,NVDA", ["AAPL", "MSFT", "NVDA"]],
    ["AAPL/MSFT", ["AAPL", "MSFT"]],
    ["AAPL MSFT", ["AAPL", "MSFT"]],
    ["(AAPL)", ["AAPL"]],
    ["AAPL's risk", ["AAPL"]],
    ["AAPL.", ["AAPL"]],
    ["Apple and Microsoft", ["AAPL", "MSFT"]],
    ["apple and microsoft", ["AAPL", "MSFT"]],
    ["APPLE", ["AAPL"]],
    ["Apple's shares", ["AAPL"]],
    ["Apple Inc.", ["AAPL"]],
    ["Google", ["GOOGL"]],
    ["Alphabet class C", ["GOOG"]],
    ["Berkshire Hathaway", ["BRK.B"]],
    ["BRK.B", ["BRK.B"]],
    ["McDonald's", ["MCD"]],
    ["Johnson & Johnson", ["JNJ"]],
    ["AT&T", ["T"]],
    ["Coca-Cola vs Pepsi", ["KO", "PEP"]],
    ["the S&P 500", ["SPY"]],
    ["the Nasdaq 100", ["QQQ"]],
    ["Bitcoin", ["BTC"]],
    ["Delta Air Lines", ["DAL"]],
    ["JPMorgan Chase", ["JPM"]],
    ["Compare Ford and General Motors", ["F", "GM"]],
    ["analyze Meta", ["META"]],
    ["Visa and Mastercard", ["V", "MA"]],
    ["how do visa and walmart compare", ["V", "WMT"]],
    ["google, amazon and meta", ["GOOGL", "AMZN", "META"]],
    ["apple and coke", ["AAPL", "KO"]],
    ["if the signal is positive propose a portfolio of MSFT", ["MSFT"]],
    ["If AAPL's volatility is above 80% skip the portfolio", ["AAPL"]],
    ["If the volatility of AAPL is above 80% skip the portfolio", ["AAPL"]],
    ["if XYZQ is too risky, skip the portfolio of MSFT", ["XYZQ", "MSFT"]],
    ["XYZQ", ["XYZQ"]],
    ["SHOP.TO", ["SHOP.TO"]],
    ["^GSPC", ["^GSPC"]],
    ["SIM500", ["SIM500"]],
    ["HD and LOW", ["HD", "LOW"]],
    ["Analyze CAT", ["CAT"]],
    ["gm stock", ["GM"]],
    ["ANALYZE AAPL AND MSFT FOR 6 MONTHS", ["AAPL", "MSFT"]],
    ["AAPL and Apple", ["AAPL"]],
    ["Apple, AAPL and MSFT", ["AAPL", "MSFT"]],
  ])("%s", (text, symbols) => {
    expect(named(text)).toEqual(symbols);
  });

  it.each([
    "I have A question for the CEO",
    "in the US, USD only",
    "what about ETF and IPO news",
    "VaR, VAR and ES",
    "RSI, SMA, EMA, MACD",
    "Q1 2024 and H1 2024",
    "YTD in USD",
    "is the risk LOW or HIGH",
    "OK, GO",
    "the cat sat on the low wall, so now we shop",
    "a gap in prices and the target volatility",
    "visa rules",
    "HRP",
    "3M",
  ])("none in: %s", (text) => {
    expect(named(text)).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ["without NVDA", [], ["NVDA"]],
    ["drop NVDA and AMD", [], ["NVDA", "AMD"]],
    ["AAPL and MSFT but not NVDA", ["AAPL", "MSFT"], ["NVDA"]],
    ["with Nvidia removed", [], ["NVDA"]],
    ["all except Tesla", [], ["TSLA"]],
    ["remove Apple", [], ["AAPL"]],
    ["Microsoft instead of Amazon", ["MSFT"], ["AMZN"]],
    ["replace Apple with Tesla", ["TSLA"], ["AAPL"]],
  ])("leaves out: %s", (text, wanted, excluded) => {
    const { symbols } = readUtterance(text, undefined);
    expect(symbols.named).toEqual(wanted);
    expect(symbols.excluded).toEqual(excluded);
  });

  it.each([
    "add MSFT",
    "and with Microsoft added?",
    "include Apple too",
    "AAPL as well",
    "compare it with MSFT",
    "plus NVDA",
  ])("adds: %s", (text) => {
    expect(readUtterance(text, undefined).symbols.adds).toBe(true);
  });

  it.each([
    ["Analyze Mircosoft", "MSFT"],
    ["Analyze Microsft", "MSFT"],
    ["analyze nvida", "NVDA"],
    ["Analyze Telsa", "TSLA"],
    ["Analyze Aplle", "AAPL"],
    ["Analyze Amazn", "AMZN"],
    ["analyze starbuks", "SBUX"],
    ["analyze appl", "AAPL"],
  ])("asks whether a slip is meant: %s", (text, symbol) => {
    const [name] = doubtful(text);
    expect(name?.choices.map((one) => one.symbol)).toEqual([symbol]);
    expect(named(text)).toEqual([]);
  });

  it("names all that a part of a name may be", () => {
    expect(doubtful("Analyze General")[0]?.choices.map((one) => one.symbol)).toContain("GM");
    const [delta] = doubtful("Analyze Delta");
    expect(delta?.choices.map((one) => one.symbol)).toEqual(["DAL"]);
    expect(delta?.otherwise).toContain("option");
  });

  it.each(["Analyze Foobar Industries", "Compare Apple and Foobarium"])(
    "does not pass over an unknown name: %s",
    (text) => {
      expect(doubtful(text)[0]?.choices).toEqual([]);
    },
  );

  it.each([
    "Analyze AAPL For The Last Six Months And Propose A Portfolio",
    "Apply a limit to AAPL",
    "What is the Sharpe ratio of AAPL?",
    "Nice. Analyze AAPL since January",
    "Please analyze AAPL above all else",
    "Thanks! Show AAPL on Monday",
    "Has AAPL the lowest volatility?",
    "Which of AAPL and Apple has the lowest risk?",
  ])("doubts no plain word: %s", (text) => {
    expect(doubtful(text)).toEqual([]);
    expect(named(text)).toEqual(["AAPL"]);
  });
});
