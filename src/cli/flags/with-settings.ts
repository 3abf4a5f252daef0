import { type Command, Option } from "commander";
import { readMoney } from "./read-money.ts";
import { readFraction, readInteger, readNumber } from "./read-number.ts";
import { readTier } from "./read-tier.ts";

/** Plain numbers above these can hardly be meant: a commission of 0.1 for 0.1%, an annual rate of 2 for 2%. */
const DEAREST = 0.05;
const HIGHEST = 0.5;

/** Adds the flags that say how decisions become fills and what that costs; see SettingsFlags. */
export function withSettings(command: Command): Command {
  return command
    .option("--capital <amount>", "e.g. 50000, 50k or $50,000 (default: 100000)", readMoney("--capital"))
    .addOption(
      new Option("--fill <when>", "the next open, or the close that decided (default: next-open)").choices([
        "next-open",
        "close",
      ]),
    )
    .option("--latency-bars <number>", "bars between decision and fill", readInteger("--latency-bars"))
    .option(
      "--commission <rate>",
      "of each fill's value (default: 0.0005)",
      readFraction("--commission", DEAREST),
    )
    .option("--commission-per-share <amount>", "beside the rate", readMoney("--commission-per-share"))
    .option("--commission-minimum <amount>", "of one fill", readMoney("--commission-minimum"))
    .option(
      "--commission-tier <money=rate>",
      "rate once so much was traded, e.g. 1m=0.0003; once for each",
      readTier("--commission-tier"),
    )
    .option("--half-spread-bps <number>", "against each fill", readNumber("--half-spread-bps"))
    .option("--slippage-bps <number>", "against each fill (default: 2)", readNumber("--slippage-bps"))
    .option("--impact <number>", "Y of the square-root law, about 1 (default: 0)", readNumber("--impact"))
    .option(
      "--max-participation <fraction>",
      "most of a bar's volume that is filled, e.g. 10%",
      readFraction("--max-participation"),
    )
    .option("--borrow-rate <rate>", "annual, on the value of shorts", readFraction("--borrow-rate", HIGHEST))
    .option("--cash-rate <rate>", "annual, earned on cash", readFraction("--cash-rate", HIGHEST))
    .option("--margin-rate <rate>", "annual, on borrowed cash", readFraction("--margin-rate", HIGHEST))
    .option("--max-leverage <number>", "times the equity (default: 1)", readNumber("--max-leverage"))
    .option(
      "--maintenance-margin <fraction>",
      "equity / exposure below which all is sold",
      readFraction("--maintenance-margin"),
    )
    .option("--stop-loss <fraction>", "leave so far below the entry, e.g. 5%", readFraction("--stop-loss"))
    .option("--take-profit <fraction>", "leave so far above the entry", readFraction("--take-profit"))
    .option("--trailing-stop <fraction>", "leave so far from the best price", readFraction("--trailing-stop"))
    .option("--raw-prices", "trade raw prices, with splits and dividends")
    .addOption(
      new Option("--dividends <how>", "of raw prices (default: reinvest)").choices(["reinvest", "cash"]),
    )
    .option("--whole-shares", "no fractions of a share")
    .option("--keep-open", "do not close what is held at the end");
}

/** Of every command whose figures have a Sharpe ratio; no cost, and nothing is traded by it. */
export function withRiskFreeRate(command: Command): Command {
  return command.option(
    "--risk-free-rate <rate>",
    "annual, for Sharpe, Sortino, … (default: 0)",
    readFraction("--risk-free-rate", HIGHEST),
  );
}
