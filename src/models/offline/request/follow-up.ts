import { closure, type Form, type Stage } from "./goals.ts";
import { questionFor } from "./question.ts";
import { NO_REQUEST, type Request, type Work } from "./request.ts";
import { UNAVAILABLE } from "./unavailable.ts";
import { readUtterance, type Utterance } from "./utterance.ts";

/**
 * Folds the messages of a person into what is wanted now. A message that leans on the conversation ("and with
 * Microsoft added?", "make it low risk") changes the request before it; any other begins a new one.
 */
export function requestOf(messages: readonly string[], asOf: string | undefined): Request {
  return messages.reduce((previous, message) => next(previous, readUtterance(message, asOf)), NO_REQUEST);
}

function next(previous: Request, said: Utterance): Request {
  const { question: _asked, refusal: _refused, form: _form, optimising: _before, ...kept } = previous;
  const idle = { ...kept, text: said.text, notes: [], assumptions: [] };
  if (said.refusal !== undefined) return { ...idle, refusal: said.refusal };
  const form = formOf(previous, said);
  if (form === undefined || form === "explanation" || form === "help" || form === "list") {
    const notes = said.topics.map((topic) => UNAVAILABLE[topic]);
    return { ...idle, notes, ...(form === undefined ? {} : { form }) };
  }
  const follows = isFollowUp(previous, said, form);
  const base = follows ? previous : NO_REQUEST;
  const { period: basePeriod, capital: baseCapital, method: baseMethod, strategy: baseStrategy } = base;
  const period = said.periods.find((one) => one.period !== undefined)?.period ?? basePeriod;
  const capital = said.capitals[0]?.amount ?? baseCapital;
  const method = said.methods[0] ?? baseMethod;
  const strategy =
    strategyOf(said) ??
    (said.goals.stages.has("portfolio") || said.agentsPolicies ? undefined : baseStrategy);
  const conditions =
    said.conditions.conditions.length > 0
      ? said.conditions.conditions
      : said.regardless
        ? []
        : base.conditions;
  const screening = said.screening ?? base.screening;
  const universe = universeOf(base, said, form);
  const ownWeights = said.ownWeights ?? (keepsWeights(said) ? base.ownWeights : undefined);
  const asked = workOf(base, said, form);
  const request: Request = {
    text: said.text,
    form,
    ...(said.optimising === undefined ? {} : { optimising: said.optimising }),
    work: ownWeights === undefined ? asked : riskOnly(asked),
    symbols: universe === undefined ? symbolsOf(previous, base, said, form) : [],
    ...(universe === undefined ? {} : { universe }),
    ...(period === undefined ? {} : { period }),
    ...(capital === undefined ? {} : { capital }),
    constraints: { ...base.constraints, ...said.constraints.constraints },
    ...(ownWeights === undefined ? {} : { ownWeights }),
    ...(method === undefined ? {} : { method }),
    conditions,
    ...(strategy === undefined ? {} : { strategy }),
    ...(form === "screen" && screening !== undefined ? { screening } : {}),
    notes: [...notesOf(said), ...(ownWeights === undefined ? [] : weightsNotes(asked))],
    assumptions: [
      ...assumptionsOf(base, said, form),
      ...(ownWeights === undefined
        ? []
        : [`The risk is measured in the weights named: "${ownWeights.words}".`]),
    ],
  };
  const question = questionFor(request, said);
  return question === undefined ? request : { ...request, question };
}

/** What the message asks for; where it has no verb, what the conversation was about. */
function formOf(previous: Request, said: Utterance): Form | undefined {
  const { form } = said.goals;
  if (said.optimising !== undefined) return "analysis";
  const stated =
    said.periods.length +
      said.capitals.length +
      said.methods.length +
      said.conditions.conditions.length +
      said.conditions.unread.length +
      Object.keys(said.constraints.constraints).length >
      0 ||
    said.constraints.unsupported.length > 0 ||
    said.goals.unwanted.size > 0 ||
    said.agentsPolicies ||
    said.constraints.problem !== undefined;
  const names = said.symbols.named.length + said.symbols.excluded.length + said.symbols.doubtful.length > 0;
  if (
    form === "explanation" &&
    previous.form === undefined &&
    previous.symbols.length === 0 &&
    said.symbols.named.length > 0
  ) {
    return "analysis";
  }
  if (
    form === "screen" &&
    said.symbols.named.length === 0 &&
    !said.followsUp &&
    said.symbols.doubtful.length > 0
  )
    return form;
  if (form !== undefined) return form;
  if (said.strategies.length > 0) return "analysis";
  if (said.topics.length > 0) return undefined;
  if (names || said.symbols.universe !== undefined || stated || said.skipsRisk) {
    return previous.work.stages.size === 0 ? "analysis" : previous.work.form;
  }
  if (said.affirms && previous.work.stages.size > 0) return previous.work.form;
  const picked = pick(previous, said);
  return picked.length > 0 ? previous.work.form : undefined;
}

const POINTS_BACK = /\b(?:them|these|those|they|of the (?:two|three))\b/i;

function isFollowUp(previous: Request, said: Utterance, form: Form): boolean {
  if (previous === NO_REQUEST) return false;
  const { named } = said.symbols;
  if (named.length === 0 && said.symbols.universe === undefined && said.goals.form !== "screen") return true;
  if (said.followsUp || said.goals.form === undefined || POINTS_BACK.test(said.text)) return true;
  return form === "comparison" && named.length === 1 && previous.symbols.length > 0;
}

/** Companies of the question before that the message picks: by "yes" where there is one, or by name. */
function pick(previous: Request, said: Utterance): string[] {
  const offers = previous.question?.offers ?? [];
  if (said.affirms && offers.length === 1) return offers.map((one) => one.symbol);
  const words = (said.text.toLowerCase().match(/[a-z]{4,}/g) ?? []).map((word) => word.replace(/s$/, ""));
  return offers
    .filter((one) => words.some((word) => one.name.toLowerCase().replaceAll(" ", "").includes(word)))
    .map((one) => one.symbol);
}

function symbolsOf(previous: Request, base: Request, said: Utterance, form: Form): string[] {
  const { named, excluded, adds } = said.symbols;
  const picked = pick(previous, said);
  const wanted = named.length > 0 ? named : picked;
  const joins = adds || previous.question !== undefined || (form === "comparison" && named.length === 1);
  const symbols = wanted.length === 0 || joins ? [...base.symbols, ...wanted] : wanted;
  return [...new Set(symbols)].filter((symbol) => !excluded.includes(symbol));
}

function universeOf(base: Request, said: Utterance, form: Form): "stocks" | "index" | undefined {
  if (said.symbols.named.length > 0) return undefined;
  const pointsBack = POINTS_BACK.test(said.text) && base.symbols.length > 0;
  if (said.symbols.universe !== undefined) return said.symbols.universe;
  if (form === "screen" && said.goals.form === "screen") return pointsBack ? undefined : "stocks";
  return base.universe;
}

function strategyOf({ strategies }: Utterance): Request["strategy"] {
  return strategies.find((one) => one.name !== "buy-and-hold") ?? strategies[0];
}

/** The stages to run: those named, those implied by money, limits and conditions, and what they build on. */
function workOf(base: Request, said: Utterance, form: Form): Work {
  const stages = new Set<Stage>(said.goals.form === undefined ? base.work.stages : said.goals.stages);
  if (said.strategies.length > 0) {
    stages.add("backtest");
    if (!said.goals.stages.has("portfolio")) stages.delete("portfolio");
  }
  const money =
    said.capitals.length + said.methods.length + Object.keys(said.constraints.constraints).length > 0 ||
    said.constraints.problem !== undefined;
  if (money && !stages.has("backtest") && form === "analysis") stages.add("portfolio");
  for (const { task } of said.conditions.conditions) if (!said.goals.unwanted.has(task)) stages.add(task);
  if (stages.size === 0) for (const stage of ["data", "alpha", "risk"] as const) stages.add(stage);
  const all = closure(
    stages,
    said.conditions.conditions.length > 0 ? said.conditions.conditions : base.conditions,
  );
  for (const stage of said.goals.unwanted) all.delete(stage);
  return { form: form === "comparison" || form === "screen" ? form : "analysis", stages: all };
}

/** A message that names no other book and asks for no work that chooses its own weights. */
function keepsWeights({ symbols, goals, capitals, methods, strategies, constraints }: Utterance): boolean {
  return (
    symbols.named.length + symbols.excluded.length + capitals.length + methods.length + strategies.length ===
      0 &&
    Object.keys(constraints.constraints).length === 0 &&
    symbols.universe === undefined &&
    !goals.stages.has("portfolio") &&
    !goals.stages.has("backtest")
  );
}

/** The work that own weights can be taken into. */
function riskOnly({ form, stages }: Work): Work {
  const kept = [...stages].filter((stage) => stage !== "portfolio" && stage !== "backtest");
  return { form, stages: new Set<Stage>([...kept, "data", "risk"]) };
}

function weightsNotes({ stages }: Work): string[] {
  if (!stages.has("portfolio") && !stages.has("backtest")) return [];
  return [
    "A portfolio or a backtest of your own weights is not available: the portfolio agent chooses its weights itself, and a backtest runs a named strategy or the agents' policies. What can be done with your weights is to measure their risk, as below. Ask without weights for a proposed portfolio or a backtest.",
  ];
}

function notesOf(said: Utterance): string[] {
  const currency = said.capitals[0]?.currency;
  return [
    ...(said.skipsRisk
      ? [
          "The risk check was not left out: the risk agent is always consulted before a portfolio is proposed.",
        ]
      : []),
    ...said.topics.map((topic) => UNAVAILABLE[topic]),
    ...said.constraints.unsupported,
    ...(currency === undefined
      ? []
      : [`Sums are in the currency of the prices: nothing was converted from ${currency}.`]),
  ];
}

function assumptionsOf(base: Request, said: Utterance, form: Form): string[] {
  const assumed = [
    ...said.periods.flatMap((one) => (one.assumption === undefined ? [] : [one.assumption])),
    ...said.constraints.read,
  ];
  if (base !== NO_REQUEST) {
    const kept = [
      base.period !== undefined && said.periods.every((one) => one.period === undefined) ? "the period" : "",
      base.capital !== undefined && said.capitals.length === 0 ? "the capital" : "",
      Object.keys(base.constraints).length > 0 ? "the limits" : "",
      base.conditions.length > 0 && said.conditions.conditions.length === 0 && !said.regardless
        ? "the conditions"
        : "",
    ].filter((part) => part !== "");
    if (kept.length > 0) assumed.push(`Kept from the earlier request: ${kept.join(", ")}.`);
  } else if (said.goals.form === undefined && said.strategies.length === 0 && form === "analysis") {
    assumed.push("The request names no task, so it was read as an analysis.");
  }
  return assumed;
}
