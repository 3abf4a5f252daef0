import { RECALL } from "../../domain/memory/recall-report.ts";
import { OPTIMIZE } from "../../domain/optimize/brief.ts";
import { METRIC_WORDS } from "../../domain/optimize/metric-words.ts";
import { WRITE_PLAN } from "../../domain/run/plan.ts";
import { composeAnswer, plainAnswer } from "./answer/answer.ts";
import { capabilities } from "./answer/capabilities.ts";
import { courtesy } from "./answer/courtesy.ts";
import { customAnswer } from "./answer/custom-answer.ts";
import { explanation, latestResults } from "./answer/explanation.ts";
import { optimisingAnswer } from "./answer/optimising-answer.ts";
import { recallAnswer } from "./answer/recall-answer.ts";
import { skippedNotes } from "./answer/skipped.ts";
import type { Decision, ToolRequest } from "./decision.ts";
import type { Conversation } from "./conversation.ts";
import { progressOf } from "./plan/progress.ts";
import { type BoundTool, customCalls } from "./plan/custom-tool.ts";
import { type CallRecord, recordOf } from "./plan/record.ts";
import { TOOLS } from "./plan/results.ts";
import { tasksOf } from "./plan/task.ts";
import { planIsDue, writtenPlan } from "./plan/written-plan.ts";
import { requestOf } from "./request/follow-up.ts";
import { asksToRecall } from "./request/recalling.ts";
import { REFUSALS } from "./request/refusal.ts";
import type { Request } from "./request/request.ts";
import type { Outcome } from "./tool-outcome.ts";

/**
 * The manager's next step. It is worked out anew from the whole conversation each time: the request is read, its
 * tasks are laid out, what earlier calls returned is filled in, and whatever is ready is called.
 */
export function decide(conversation: Conversation, tools: readonly BoundTool[]): Decision {
  const { turns, asOf } = conversation;
  const bound = new Set(tools.map((tool) => tool.name));
  const turn = turns.at(-1);
  if (turn === undefined) return help(bound);
  const request = requestOf(
    turns.map((one) => one.text),
    asOf,
  );
  const record = recordOf(conversation);
  const custom = request.refusal === undefined ? customCalls(request, tools) : undefined;
  if (custom !== undefined) return decideCustom(custom, record);
  const recalled = recall(request, bound, record) ?? optimise(request, bound, record);
  if (recalled !== undefined) return recalled;
  const plain = withoutTools(request, conversation, bound);
  if (plain !== undefined) return plain;

  const tasks = tasksOf(request, bound, record.corrections);
  const needsData = request.form !== "list";
  if (!tasks.some((task) => task.id === (needsData ? "data" : "universe"))) {
    return answer("This cannot be done here", [
      `The tool ${needsData ? TOOLS.data : TOOLS.universe} is not available, and without it there is nothing to compute from.`,
    ]);
  }
  const progress = progressOf(tasks, request, record);
  const ready = progress.states.flatMap((state) =>
    state.status === "ready" ? [{ name: TOOLS[state.task.id], args: state.args }] : [],
  );
  const due = bound.has(WRITE_PLAN) && planIsDue(turn, progress.states);
  const plan: ToolRequest[] = due ? [{ name: WRITE_PLAN, args: writtenPlan(progress.states) }] : [];
  const planned = turn.steps.some((step) => step.tool === WRITE_PLAN);
  // The first plan goes out alone, so that it is seen before any work; a revised one beside the work it leads to.
  const calls = due && !planned ? plan : [...plan, ...ready];
  if (calls.length > 0) return { kind: "calls", calls };
  const failed = progress.states.some((state) => state.status === "failed" && LEADING.has(state.task.id));
  return { kind: failed ? "failure" : "answer", text: composeAnswer(request, progress, record) };
}

/** Calls an added tool and prints what it returned. */
function decideCustom(calls: readonly ToolRequest[], record: CallRecord): Decision {
  const made = calls.flatMap((call): { call: ToolRequest; outcome: Outcome }[] => {
    const result = record.result(call.name, call.args);
    if (result !== undefined) return [{ call, outcome: { ok: true, value: result.value } }];
    const error = record.error(call.name, call.args);
    return error === undefined ? [] : [{ call, outcome: { ok: false, error } }];
  });
  if (made.length === calls.length) return { kind: "answer", text: customAnswer(made) };
  const done = new Set(made.map(({ call }) => call));
  return { kind: "calls", calls: calls.filter((call) => !done.has(call)) };
}

/** What was decided on the symbols of the request, where it asks for that. */
function recall(request: Request, bound: ReadonlySet<string>, record: CallRecord): Decision | undefined {
  const { refusal, symbols, text } = request;
  if (refusal !== undefined || !bound.has(RECALL) || !asksToRecall(text)) return undefined;
  if (symbols.length === 0) {
    const which = 'Which symbols do you mean? Ask, for example, "What did you recommend for AAPL last time?"';
    return { kind: "question", text: plainAnswer("A question first", [which]) };
  }
  const args = { symbols };
  const error = record.error(RECALL, args);
  if (error !== undefined) return { kind: "failure", text: recallAnswer(symbols, { ok: false, error }) };
  const result = record.result(RECALL, args);
  return result === undefined || result.earlier
    ? { kind: "calls", calls: [{ name: RECALL, args }] }
    : { kind: "answer", text: recallAnswer(symbols, { ok: true, value: result.value }) };
}

/** A rewrite of an agent's prompt, where the request asks for one. */
function optimise(request: Request, bound: ReadonlySet<string>, record: CallRecord): Decision | undefined {
  const { refusal, question, symbols, period, optimising: wish } = request;
  if (wish === undefined || refusal !== undefined) return undefined;
  if (!bound.has(OPTIMIZE))
    return answer("This is not available", ["Nothing here rewrites an agent's prompt."]);
  const { unknownAgent, ...asked } = wish;
  const missing =
    unknownAgent !== undefined
      ? `The prompts of the alpha, the risk and the portfolio agent can be rewritten, and "${unknownAgent}" is none of them. Which one do you mean?`
      : symbols.length === 0
        ? "On which symbols shall it be tried? Name some that trade as your own do."
        : wish.target === undefined
          ? `What shall the ${METRIC_WORDS[wish.metric]} reach? Name the figure, and it is tried.`
          : question?.text;
  if (missing !== undefined) return { kind: "question", text: plainAnswer("A question first", [missing]) };
  const args = { ...asked, symbols, ...period };
  const error = record.error(OPTIMIZE, args);
  if (error !== undefined) return { kind: "failure", text: optimisingAnswer({ ok: false, error }) };
  const result = record.result(OPTIMIZE, args);
  return result === undefined || result.earlier
    ? { kind: "calls", calls: [{ name: OPTIMIZE, args }] }
    : { kind: "answer", text: optimisingAnswer({ ok: true, value: result.value }) };
}

/** Tasks without which there is no answer. */
const LEADING: ReadonlySet<string> = new Set(["universe", "data"]);

/** Turns that call no tool: refusals, questions back, explanations, and what could not be read. */
function withoutTools(
  request: Request,
  { turns }: Conversation,
  bound: ReadonlySet<string>,
): Decision | undefined {
  if (request.refusal !== undefined) {
    return answer("That is refused", [REFUSALS[request.refusal], "What can be asked:", capabilities(bound)]);
  }
  const polite = courtesy(request, bound);
  if (polite !== undefined) return { kind: "answer", text: polite };
  if (request.question !== undefined) {
    return {
      kind: "question",
      text: plainAnswer("A question first", [request.question.text, ...request.notes]),
    };
  }
  if (request.form === "help") return help(bound);
  if (request.form === "explanation") {
    const skipped = turns.flatMap((turn) => turn.steps).filter((step) => step.tool === WRITE_PLAN);
    const text = explanation(
      request.text,
      latestResults(turns.flatMap((turn) => turn.steps)),
      notesIn(skipped.at(-1)?.args),
    );
    if (text !== undefined) return { kind: "answer", text };
    const nothing =
      turns.length < 2 ? "Nothing has been computed in this conversation yet that could be explained." : "";
    return answer("This I cannot explain", [
      `I can explain what was computed in this conversation, and the common terms of the field. ${nothing}`.trim(),
      "What can be asked:",
      capabilities(bound),
    ]);
  }
  if (request.form !== undefined) return undefined;
  if (request.notes.length > 0) {
    return answer("This is not available", [...request.notes, "What can be asked:", capabilities(bound)]);
  }
  return answer("I could not read this request", [
    "It names no symbol and no task that this rule-based model knows.",
    "What can be asked:",
    capabilities(bound),
  ]);
}

function help(bound: ReadonlySet<string>): Decision {
  return answer("What can be asked", [capabilities(bound)]);
}

function answer(heading: string, parts: readonly string[]): Decision {
  return { kind: "answer", text: plainAnswer(heading, parts) };
}

/** The notes of the tasks that a plan skipped. */
function notesIn(plan: Readonly<Record<string, unknown>> | undefined): string[] {
  const tasks = plan?.["tasks"];
  if (!Array.isArray(tasks)) return [];
  const skipped = tasks.flatMap((task: unknown) => {
    const { status, id, note } = (task ?? {}) as { status?: unknown; id?: unknown; note?: unknown };
    return status === "skipped" && typeof note === "string" ? [{ id: String(id), note }] : [];
  });
  return skippedNotes(skipped);
}
