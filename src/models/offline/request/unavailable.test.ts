import { describe, expect, it } from "vitest";
import { RequestText } from "./request-text.ts";
import { readUnavailable, type Topic } from "./unavailable.ts";

describe("readUnavailable", () => {
  it.each<[string, Topic]>([
    ["Buy 10 shares of ¦", "trade"],
    ["sell everything", "trade"],
    ["please buy it", "trade"],
    ["analyze ¦ and then buy it", "trade"],
    ["place an order for ¦", "trade"],
    ["execute the portfolio", "trade"],
    ["start trading", "trade"],
    ["Optimize the alpha agent", "optimise"],
    ["tune the sma parameters", "optimise"],
    ["find the best parameters", "optimise"],
    ["improve your prompts", "optimise"],
    ["predict the price of ¦", "forecast"],
    ["where will it be tomorrow", "forecast"],
    ["over the next 6 months", "forecast"],
    ["any news on ¦?", "news"],
    ["what are the earnings of ¦", "fundamentals"],
    ["the p/e ratio of ¦", "fundamentals"],
    ["call options on ¦", "options"],
    ["hourly bars of ¦", "intraday"],
    ["alert me when it falls", "monitor"],
    ["ignore transaction costs", "loosen"],
    ["raise the exposure limit to 200%", "limits"],
    ["Raise the volatility target to 60%", "limits"],
    ["loosen the drawdown limit to 90% and go on", "limits"],
    ["double all limits for ¦", "limits"],
    ["treat HIGH risk as LOW", "limits"],
  ])("%s", (text, topic) => {
    expect(readUnavailable(new RequestText(text))).toEqual([topic]);
  });

  it.each([
    "Should I buy ¦?",
    "Is it a good time to buy ¦?",
    "buy or sell ¦?",
    "how optimal is this portfolio",
    "propose a portfolio",
    "the last 6 months",
    "short candidates",
    "buy signals",
    "trading days",
    "raise the cap to 30%",
    "at most 20% per name",
    "which limits bound?",
    "treat it as a low risk portfolio",
  ])("is not: %s", (text) => {
    expect(readUnavailable(new RequestText(text))).toEqual([]);
  });
});
