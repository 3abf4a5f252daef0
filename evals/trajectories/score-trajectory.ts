import type { PlanTask } from "../../src/domain/run/plan.ts";
import type { Asked } from "../support/ask-subject.ts";
import { scoreOf } from "../support/score-of.ts";
import type { Score } from "../support/suite.ts";
import type { TrajectoryCase } from "./case.ts";
import { matches } from "./match.ts";

export function criteriaOf(one: TrajectoryCase): string[] {
  return [
    "calls",
    "plan first",
    ...(one.atMost === undefined ? [] : ["no needless calls"]),
    ...(one.before === undefined ? [] : ["order"]),
    ...(one.plan === undefined ? [] : ["plan"]),
    ...(one.recovers === undefined ? [] : ["recovery"]),
    ...(one.symbols === undefined ? [] : ["symbols"]),
    ...(one.status === undefined ? [] : ["status"]),
    ...(one.tells === undefined ? [] : ["tells"]),
  ];
}

export async function scoreTrajectory(one: TrajectoryCase, seen: Asked): Promise<Score[]> {
  const { report, calls, turns } = seen;
  const made = turns.map((turn) => turn.map(({ tool }) => tool));
  const saw = `saw ${inWords(made)}`;
  const answer = report.answer ?? "";
  const scores: Score[] = [
    {
      criterion: "calls",
      passed: await matches(one.mode, made, one.turns),
      detail: `expected ${one.mode} ${inWords(one.turns)}; ${saw}`,
    },
    {
      criterion: "plan first",
      passed: seen.plannedFirst || calls.length === 0,
      detail: `expected a plan before the first call; ${saw}`,
    },
  ];
  if (one.atMost !== undefined) {
    scores.push({
      criterion: "no needless calls",
      passed: await matches("subset", made, [one.atMost]),
      detail: `expected at most ${one.atMost.join(", ")}; ${saw}`,
    });
  }
  if (one.before !== undefined) {
    const wrong = one.before.filter(([first, then]) => !isBefore(made, first, then));
    scores.push({
      criterion: "order",
      passed: wrong.length === 0,
      detail: `expected ${wrong.map(([first, then]) => `${first} before ${then}`).join(", ")}; ${saw}`,
    });
  }
  if (one.plan !== undefined) scores.push(plan(one.plan, report.plan));
  if (one.recovers !== undefined) scores.push(recovery(one.recovers, seen));
  if (one.symbols !== undefined) {
    scores.push(scoreOf("symbols", one.symbols.join(", "), report.data?.symbols.join(", ") ?? "no data"));
  }
  if (one.status !== undefined) scores.push(scoreOf("status", one.status, report.status));
  if (one.tells !== undefined) {
    scores.push({
      criterion: "tells",
      passed: one.tells.test(answer),
      detail: `expected ${String(one.tells)} in the answer; saw ${answer.slice(0, 300)}`,
    });
  }
  return scores;
}

/** Some turn with the one lies before every turn with the other. */
function isBefore(made: readonly (readonly string[])[], first: string, then: string): boolean {
  const [a, b] = [first, then].map((tool) => made.findIndex((turn) => turn.includes(tool)));
  if (b === undefined || b < 0) return true;
  return a !== undefined && a >= 0 && a < b;
}

function plan(wanted: NonNullable<TrajectoryCase["plan"]>, tasks: readonly PlanTask[]): Score {
  const entries = Object.entries(wanted);
  const standing = (tool: string): string =>
    tasks.findLast((task) => task.tool === tool)?.status ?? "not in it";
  return scoreOf(
    "plan",
    entries.map(([tool, status]) => `${tool} ${status}`).join(", "),
    entries.map(([tool]) => `${tool} ${standing(tool)}`).join(", "),
  );
}

function recovery(tool: string, { calls }: Asked): Score {
  const outcomes = calls
    .filter((call) => call.tool === tool)
    .map(({ error }) => (error === undefined ? "done" : "failed"));
  return scoreOf("recovery", "failed, done", outcomes.join(", "));
}

function inWords(turns: readonly (readonly string[])[]): string {
  return turns.length === 0 ? "no call" : turns.map((turn) => turn.join(" + ")).join(" > ");
}
