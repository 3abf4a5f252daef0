import { looksForeign } from "../request/foreign-language.ts";
import type { Request } from "../request/request.ts";
import { plainAnswer } from "./answer.ts";
import { capabilities } from "./capabilities.ts";

const GREETING = /^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon))\b/i;
const THANKS = /^\W*(?:thanks?|thank you)\b/i;

const EXAMPLE =
  'Ask, for instance, "Analyze AAPL and propose a portfolio". "Help" shows what else can be asked.';

/** A short word for a greeting or thanks, and for a language that is not read; undefined for all else. */
export function courtesy({ text, form, question }: Request, bound: ReadonlySet<string>): string | undefined {
  if (form === "help" && GREETING.test(text)) {
    return plainAnswer("Hello", [
      `I fetch prices, score signals, measure risk, propose portfolios and backtest. ${EXAMPLE}`,
    ]);
  }
  if (form === "help" && THANKS.test(text)) return plainAnswer("You are welcome", []);
  if ((form === undefined || question !== undefined) && looksForeign(text)) {
    return plainAnswer("I read English only", ["What can be asked:", capabilities(bound)]);
  }
  return undefined;
}
