import type { ListedCompany } from "../../../domain/market/directory.ts";
import type { DoubtfulName } from "./company-names.ts";
import type { Question, Request } from "./request.ts";
import type { Utterance } from "./utterance.ts";

/** The first thing that must be asked back before work begins; undefined where all is clear. */
export function questionFor(request: Request, said: Utterance): Question | undefined {
  return (
    doubtfulNames(said.symbols.doubtful) ??
    plain(period(said)) ??
    plain(capital(said)) ??
    plain(
      said.constraints.problem === undefined ? undefined : `${said.constraints.problem} What shall it be?`,
    ) ??
    plain(choice("weighting method", said.methods)) ??
    plain(choice("strategy", strategyNames(said))) ??
    plain(condition(said)) ??
    plain(symbols(request, said))
  );
}

function plain(text: string | undefined): Question | undefined {
  return text === undefined ? undefined : { text, offers: [] };
}

function doubtfulNames(names: readonly DoubtfulName[]): Question | undefined {
  const [name] = names;
  if (name === undefined) return undefined;
  const { text, choices, otherwise } = name;
  const list = choices.map(nameOf).join(", ");
  if (otherwise !== undefined) {
    return { text: `"${text}" may be ${list}, or ${otherwise}. Which do you mean?`, offers: choices };
  }
  if (choices.length === 0) {
    return { text: `I do not know a company called "${text}". Which symbol do you mean?`, offers: [] };
  }
  if (choices.length === 1) return { text: `Did you mean ${list} by "${text}"?`, offers: choices };
  return { text: `"${text}" may be one of several: ${list}. Which do you mean?`, offers: choices };
}

function nameOf(company: ListedCompany): string {
  return `${company.name} (${company.symbol})`;
}

function period({ periods }: Utterance): string | undefined {
  const problem = periods.find((one) => one.problem !== undefined)?.problem;
  if (problem !== undefined) return `${problem} Which days do you mean? Write them as YYYY-MM-DD.`;
  const distinct = new Map(
    periods.filter((one) => one.period !== undefined).map((one) => [JSON.stringify(one.period), one.text]),
  );
  if (distinct.size < 2) return undefined;
  const list = [...distinct.values()].map((text) => `"${text}"`).join(" and ");
  return `The request names more than one period: ${list}. One window is looked at at a time: which one?`;
}

function capital({ capitals }: Utterance): string | undefined {
  const bad = capitals.find((one) => !(one.amount > 0));
  if (bad !== undefined) return `"${bad.text}" is not a sum that can be invested. How much capital is there?`;
  const distinct = new Map(capitals.map((one) => [one.amount, one.text]));
  if (distinct.size < 2) return undefined;
  return `The request names more than one sum: ${[...distinct.values()].join(" and ")}. How much capital is there?`;
}

function strategyNames({ strategies }: Utterance): string[] {
  const others = strategies.filter((one) => one.name !== "buy-and-hold");
  return (others.length === 0 ? strategies : others).map((one) =>
    [one.name, ...Object.values(one.params)].join(" "),
  );
}

function choice(what: string, named: readonly string[]): string | undefined {
  const distinct = [...new Set(named)];
  return distinct.length < 2
    ? undefined
    : `The request names more than one ${what}: ${distinct.join(" and ")}. Which one?`;
}

function condition({ conditions }: Utterance): string | undefined {
  const [unread] = conditions.unread;
  if (unread === undefined) return undefined;
  return `I could not read the condition "${unread}". I can test the risk level (low, moderate, high), the signal (positive, negative, neutral), and whether volatility, value at risk, drawdown, beta or the score is above or below a figure. What shall the condition be?`;
}

function symbols(request: Request, said: Utterance): string | undefined {
  if (request.form !== "analysis" && request.form !== "comparison") return undefined;
  if (request.form === "comparison" && request.symbols.length === 1) {
    return `Compare ${request.symbols[0] ?? ""} with which symbol?`;
  }
  if (request.symbols.length > 0 || request.universe !== undefined) return undefined;
  if (said.speaksOfMarket) {
    return 'Which part of the market do you mean? I can analyse the index of the data source ("the index"), or screen all of its stocks and rank them ("screen all stocks"). Or name symbols, such as AAPL or Microsoft.';
  }
  return "Which symbols do you mean? Name tickers or companies, such as AAPL or Microsoft; or ask for a screen of all stocks.";
}
