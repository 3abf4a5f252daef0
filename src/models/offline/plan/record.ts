import { canonicalJson } from "../../../domain/hash.ts";
import { companyName } from "../../../domain/market/directory.ts";
import type { Conversation, Step } from "../conversation.ts";
import { editDistance } from "../request/edit-distance.ts";
import type { ToolError } from "../tool-outcome.ts";
import { TOOLS } from "./results.ts";

/** What earlier calls returned: results of the whole conversation, errors of the current turn. */
export interface CallRecord {
  result(tool: string, args: unknown): { readonly value: unknown; readonly earlier: boolean } | undefined;
  error(tool: string, args: unknown): ToolError | undefined;
  /** Symbols that the source did not know, with the one near name that was taken instead. */
  readonly corrections: ReadonlyMap<string, string>;
}

/** A hint that says this, and not that something is to be put right first, is followed once. */
const AGAIN = /(?:^|\. )Try again\b/;

/**
 * A call that succeeded is never made again: the same arguments give the same result, so a follow-up on the same
 * symbols and window goes on from the ids it has. Where the tools have lost such an id (UNKNOWN_ARTIFACT), only
 * results of the current turn count, and the fetch is made again.
 */
export function recordOf({ turns }: Conversation): CallRecord {
  const current = turns.at(-1)?.steps ?? [];
  const lost = current.some(
    (step) => step.outcome?.ok === false && step.outcome.error.code === "UNKNOWN_ARTIFACT",
  );
  const results = new Map<string, { value: unknown; earlier: boolean }>();
  if (!lost) for (const turn of turns.slice(0, -1)) keepResults(results, turn.steps, true);
  keepResults(results, current, false);
  const errors = new Map<string, ToolError>();
  const tried = new Set<string>();
  for (const step of current) {
    // After a new fetch the other tools get another try.
    if (step.outcome?.ok === true && step.tool === TOOLS.data) errors.clear();
    if (step.outcome?.ok !== false) continue;
    const call = key(step.tool, step.args);
    if (AGAIN.test(step.outcome.error.hint ?? "") && !tried.has(call)) tried.add(call);
    else errors.set(call, step.outcome.error);
  }
  return {
    result: (tool, args) => results.get(key(tool, args)),
    error: (tool, args) => errors.get(key(tool, args)),
    corrections: correctionsOf(turns.flatMap((turn) => turn.steps)),
  };
}

function keepResults(
  results: Map<string, { value: unknown; earlier: boolean }>,
  steps: readonly Step[],
  earlier: boolean,
): void {
  for (const { tool, args, outcome } of steps) {
    if (outcome?.ok === true) results.set(key(tool, args), { value: outcome.value, earlier });
  }
}

function key(tool: string, args: unknown): string {
  return canonicalJson([tool, args]);
}

/** Shorter tickers lie too close together: AMC is no slip of AMD. */
const LONG_ENOUGH = 4;

/** An unknown symbol is corrected only where exactly one near name is a single slip away. */
function correctionsOf(steps: readonly Step[]): Map<string, string> {
  const corrections = new Map<string, string>();
  for (const { tool, args, outcome } of steps) {
    if (tool !== TOOLS.data || outcome?.ok !== false || outcome.error.code !== "UNKNOWN_SYMBOL") continue;
    const unknown = unknownSymbol(outcome.error, args["symbols"]);
    if (unknown === undefined || unknown.length < LONG_ENOUGH) continue;
    const near = nearNames(outcome.error, unknown).filter((name) => isSlip(unknown, name));
    const [only] = near;
    if (near.length === 1 && only !== undefined) corrections.set(unknown, only);
  }
  return corrections;
}

/** One edit apart, and not the ticker of another company: GOOG may stand for GOOGL, but GMED not for GME. */
function isSlip(unknown: string, name: string): boolean {
  if (editDistance(unknown, name) !== 1) return false;
  const [asked, offered] = [companyName(unknown), companyName(name)];
  return asked === null || asked.split(" ")[0] === offered?.split(" ")[0];
}

function unknownSymbol({ details, message }: ToolError, asked: unknown): string | undefined {
  const symbol = details["symbol"];
  if (typeof symbol === "string") return symbol;
  const symbols = Array.isArray(asked) ? asked.filter((one): one is string => typeof one === "string") : [];
  return symbols.find((one) => message.split(/[^\w.^-]+/).some((word) => word.replace(/\.$/, "") === one));
}

/** Symbols that the error offers as near: a list in its details, else what its hint asks about. */
function nearNames({ details, hint }: ToolError, unknown: string): string[] {
  const lists = Object.values(details).flatMap((detail) =>
    Array.isArray(detail) ? detail.filter((one): one is string => typeof one === "string") : [],
  );
  const asked = /did you mean ([^?]*)\?/i.exec(hint ?? "")?.[1] ?? "";
  const words = asked.match(/\^?\b[A-Z][A-Z0-9]*(?:[.-][A-Z0-9]+)*\b/g) ?? [];
  return [...new Set(lists.length > 0 ? lists : words)].filter((name) => name !== unknown);
}
