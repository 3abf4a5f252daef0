import type { RunReport } from "../../src/domain/run/report.ts";
import type { RuntimeParts } from "../../src/runtime.ts";
import { askInTurn } from "../support/ask-in-turn.ts";
import { hasRealData } from "../support/real-data.ts";
import type { Measurement, Score, Subject, Suite } from "../support/suite.ts";
import { JUDGEMENT_CASES, type JudgementCase, type Moment } from "./cases.ts";
import { realMarket } from "./market.ts";
import { simulatedCase } from "./simulated-regimes.ts";

/** Seeds of simulated markets that are looked through for days whose state is known. */
const SIMULATED_SEEDS = [1, 2, 3, 4];

/** A moment and what was said at it; null reports where the request ended in an error. */
interface Judged {
  readonly moment: Moment;
  readonly report: RunReport | null;
}

export interface JudgementSeen {
  readonly now: Judged;
  readonly before: Judged | null;
}

const simulated = SIMULATED_SEEDS.map(simulatedCase).filter((one) => one !== null);

export const suite: Suite<JudgementCase, JudgementSeen> = {
  name: "judgement",
  claim: "The level of risk and the exposure make sense in markets whose state is known.",
  cases: hasRealData ? [...JUDGEMENT_CASES, ...simulated] : simulated,
  absent: hasRealData ? [] : ["The crises and calms of 2006 to 2022: their real prices are not here."],
  criteria: ({ before }) => [
    "level",
    "size of the drawdown",
    "exposure within what is allowed",
    "as of the day",
    ...(before === null ? [] : ["level in the calm before", "exposure below that of the calm"]),
  ],
  observe: async (subject, one) => {
    const now = await judged(subject, one, one.moment);
    return { now, before: one.before === null ? null : await judged(subject, one, one.before) };
  },
  score: (_one, { now, before }): readonly Score[] => {
    const both = before === null ? [now] : [now, before];
    return [
      levelScore("level", now),
      drawdownScore(now),
      { criterion: "exposure within what is allowed", ...all(both.flatMap(beyondAllowed)) },
      { criterion: "as of the day", ...all(both.flatMap(hindsight)) },
      ...(before === null
        ? []
        : [levelScore("level in the calm before", before), exposureScore(now, before)]),
    ];
  },
  measure: (_one, { now, before }) => [
    ...allowedAt("allowed exposure", now),
    ...(before === null ? [] : allowedAt("allowed exposure in the calm before", before)),
  ],
};

async function judged(subject: Subject, one: JudgementCase, moment: Moment): Promise<Judged> {
  const seed = Number(/^simulated-(\d+)$/.exec(one.id)?.[1] ?? 1);
  const parts: RuntimeParts = one.market === "simulated" ? {} : { market: realMarket(one.market) };
  const request = `Analyze ${one.symbols.join(", ")} for the last 6 months and propose a portfolio of 100,000 dollars`;
  const { turns } = await askInTurn(subject, {
    settings: { seed, asOf: moment.day },
    parts,
    conversations: [[request]],
  });
  return { moment, report: turns[0]?.report ?? null };
}

function allowedAt(name: string, { report }: Judged): Measurement[] {
  const risk = report?.risk ?? null;
  return risk === null ? [] : [{ name, value: risk.allowedExposure }];
}

function all(faults: readonly string[]): Pick<Score, "passed" | "detail"> {
  return { passed: faults.length === 0, detail: faults.join(" ") };
}

function levelScore(criterion: string, { moment, report }: Judged): Score {
  const level = report?.risk?.level;
  const passed = level !== undefined && moment.levels.includes(level);
  return {
    criterion,
    passed,
    detail: passed
      ? ""
      : `On ${moment.day} it says ${level ?? "nothing"}, not ${moment.levels.join(" or ")}. ${moment.facts}`,
  };
}

function drawdownScore({ moment, report }: Judged): Score {
  const [deepest, shallowest] = moment.drawdown;
  const fall = report?.risk?.currentDrawdown ?? NaN;
  return {
    criterion: "size of the drawdown",
    passed: fall >= deepest && fall <= shallowest,
    detail: `On ${moment.day} it is ${fall}, and should lie between ${deepest} and ${shallowest}.`,
  };
}

function exposureScore(now: Judged, before: Judged): Score {
  const [crisis = NaN, calm = NaN] = [now, before].map(({ report }) => report?.risk?.allowedExposure);
  return {
    criterion: "exposure below that of the calm",
    passed: crisis < calm,
    detail: `It allows ${crisis} on ${now.moment.day} and ${calm} on ${before.moment.day}.`,
  };
}

function beyondAllowed({ moment, report }: Judged): string[] {
  if (report === null || report.risk === null || report.portfolio === null)
    return [`No portfolio was proposed on ${moment.day}.`];
  const held = Object.values(report.weights).reduce((sum, weight) => sum + Math.abs(weight), 0);
  return held <= report.risk.allowedExposure + 1e-9
    ? []
    : [`On ${moment.day} it holds ${held} of ${report.risk.allowedExposure}.`];
}

/** Neither data nor words from after the day. */
function hindsight({ moment, report }: Judged): string[] {
  if (report === null || report.data === null) return [`Nothing was looked at on ${moment.day}.`];
  const days = [report.data.to, ...(report.answer ?? "").matchAll(/\b(?:19|20)\d\d-\d\d-\d\d\b/g)].map(
    String,
  );
  const late = days.filter((day) => day.slice(0, moment.day.length) > moment.day);
  return late.map((day) => `On ${moment.day} it speaks of ${day}.`);
}
