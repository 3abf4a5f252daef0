import type { Condition, ConditionalTask, Predicate } from "./condition.ts";
import { PREDICATE, readPredicate } from "./predicate.ts";
import type { RequestText } from "./request-text.ts";

export interface ConditionsReading {
  readonly conditions: readonly Condition[];
  /** The words of conditions that could not be read. */
  readonly unread: readonly string[];
}

const KEYWORD =
  "(?:but |and |or )?(?:only )?(?:if and only if|if|unless|when|whenever|in case|provided(?: that)?|as long as|so long as|assuming|except (?:if|when)|should)";

const CONDITION = new RegExp(`(?<![\\w])(${KEYWORD}) (${PREDICATE})(?![\\w])`, "i");

const NEGATIVE =
  "(?:skip|omit|leave out|drop|avoid|stop|abort|without|never|hold off|no|do not|don't|not|cancel|exclude|refrain from|forget(?: about)?)";
const POSITIVE =
  "(?:propose|build|construct|create|make|give|run|do|go ahead|proceed|continue|include|allocate|suggest|invest|back[- ]?test|show|recommend|design|put together|add)";

/** An action straight after the predicate, up to the end of its clause. */
const ACTION_AFTER = new RegExp(
  `^\\s*(?:,|:|-+|then|please|just|\\s)*(?:(?<negative>${NEGATIVE})|(?<positive>${POSITIVE}))\\b[^.;!?,]*?(?=$|[.;!?,]| (?:and|but|then|otherwise|else)\\b)`,
  "i",
);
const NEGATIVE_BEFORE = new RegExp(`\\b${NEGATIVE}\\b[^.;!?,]*$`, "i");
const OTHERWISE = /^[\s,;.]*(?:otherwise|else|if not)\b,?(?<action>[^.;!?]*)/i;

/** "if possible" and the like bind nothing. */
const IDLE =
  /\bif (?:you can|possible|available|needed|necessary|so|any|you like|you want|not)\b|\b(?:see|check|tell me|know|wonder|ask|find out|determine|as) if\b|\bwhat if\b/gi;

/** The conditions in the words that are left; their words are used up. */
export function readConditions(text: RequestText): ConditionsReading {
  const conditions: Condition[] = [];
  const unread: string[] = [];
  for (let match = text.take(CONDITION); match !== undefined; match = text.take(CONDITION)) {
    const [whole, keyword = "", words = ""] = match;
    const end = match.index + whole.length;
    giveBackTicker(text, match);
    const reading = readPredicate(words);
    const action = actionAt(text, match.index, end);
    if (reading === undefined) unread.push(whole);
    else {
      // "unless P, do X" and "if P, skip X" both mean: X only where P does not hold.
      const flips = [/unless|except/i.test(keyword), action.negative].filter(Boolean).length;
      const holds = flips % 2 === 0 ? reading.holds : !reading.holds;
      for (const task of action.tasks) conditions.push({ task, predicate: reading.predicate, holds });
      conditions.push(
        ...otherwise(text, action.end, reading.predicate, action.negative ? holds : !holds, action.tasks),
      );
    }
  }
  const left = text.rest.replaceAll(IDLE, " ");
  for (const [clause] of left.matchAll(/(?<!\w)(?:if|unless|in case|provided that|as long as)\s[^.;!?]*/gi))
    unread.push(clause.trim());
  return { conditions, unread };
}

/** Up to what the task is done with: "a portfolio | of MSFT with $20k" names what other readers read. */
function verbLength(action: string): number {
  const more =
    /\b(?:portfolio|allocation|one|back[- ]?test)\b(?= (?:of|from|for|with|on|in|using|over|at)\b)/i.exec(
      action,
    );
  return more === null ? action.length : more.index + more[0].length;
}

/** "AAPL's volatility is above 30%", "the volatility of AAPL …": the symbol is for the reader of symbols. */
function giveBackTicker(text: RequestText, match: RegExpExecArray): void {
  const [whole, , words = ""] = match;
  const found = /(?:^|\bof )((?!IF\b|IT\b)\^?[A-Z][A-Z0-9.-]{0,6})(?='s| )/.exec(words);
  const ticker = found?.[1];
  if (found === null || ticker === undefined) return;
  const at = match.index + whole.length - words.length + found.index + found[0].length - ticker.length;
  text.giveBack(at, at + ticker.length);
}

interface Action {
  readonly tasks: readonly ConditionalTask[];
  readonly negative: boolean;
  /** Where the words after it begin. */
  readonly end: number;
}

/** What the condition governs: the clause after it, else the one before it, else the portfolio. */
function actionAt(text: RequestText, start: number, end: number): Action {
  const after = ACTION_AFTER.exec(text.rest.slice(end));
  if (after !== null) {
    text.use(end, end + verbLength(after[0]));
    return {
      tasks: tasksIn(after[0]),
      negative: after.groups?.["negative"] !== undefined,
      end: end + after[0].length,
    };
  }
  const sentence = /[^.;!?]*$/.exec(text.rest.slice(0, start))?.[0] ?? "";
  const named = [...sentence.matchAll(TASK)].at(-1)?.[0] ?? "";
  const before = NEGATIVE_BEFORE.exec(text.rest.slice(0, start));
  if (before === null) return { tasks: tasksIn(named), negative: false, end };
  text.use(before.index, start);
  // "Backtest it, but not if …": what is not to be done was named before.
  const words = before[0].search(TASK) < 0 && /\bnot\W*$/i.test(before[0]) ? named : before[0];
  return { tasks: tasksIn(words), negative: true, end };
}

const TASK = /\b(?:portfolio|allocat\w*|invest\w*|back[- ]?test\w*)/gi;

function tasksIn(words: string): ConditionalTask[] {
  const tasks: ConditionalTask[] = [];
  if (/\b(?:everything|the rest|all of it|there|abort)\b/i.test(words)) return ["portfolio", "backtest"];
  if (/\b(?:portfolio|allocat\w*|construct\w*|weights?|invest\w*|position)/i.test(words))
    tasks.push("portfolio");
  if (/\bback[- ]?test/i.test(words)) tasks.push("backtest");
  return tasks.length === 0 ? ["portfolio"] : tasks;
}

/** The other branch: "otherwise backtest it". What it says again of the same task adds nothing. */
function otherwise(
  text: RequestText,
  at: number,
  predicate: Predicate,
  holds: boolean,
  known: readonly ConditionalTask[],
): Condition[] {
  const match = OTHERWISE.exec(text.rest.slice(at));
  const action = match?.groups?.["action"];
  if (match === null || action === undefined) return [];
  text.use(at, at + verbLength(match[0]));
  if (new RegExp(`^\\s*(?:just |please )?${NEGATIVE}\\b`, "i").test(action)) return [];
  return tasksIn(action)
    .filter((task) => !known.includes(task))
    .map((task) => ({ task, predicate, holds }));
}
