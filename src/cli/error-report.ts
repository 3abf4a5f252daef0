import { inspect } from "node:util";
import { type ErrorDetail, FinAgentError } from "../domain/errors.ts";
import { redact, redactTexts } from "../domain/redact.ts";
import { printable } from "./terminal/printable.ts";
import { type Line, span } from "./terminal/span.ts";
import { wrap } from "./terminal/wrap.ts";

const OUR_FAULT =
  "This is a fault of FinAgent, not yours. Run it again with --debug to see where it happened, and please report that.";

/** Every error as one of ours; what we did not foresee is a fault of ours and says so. */
export function asFinAgentError(error: unknown): FinAgentError {
  if (error instanceof FinAgentError && (error.exitStatus !== 1 || error.hint !== undefined)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new FinAgentError(
    error instanceof FinAgentError ? error.code : "INTERNAL",
    `Something went wrong inside FinAgent: ${message === "" ? "no message" : message}`,
    { hint: OUR_FAULT, ...(error instanceof FinAgentError ? { details: error.details } : {}), cause: error },
  );
}

export interface ErrorStyle {
  readonly width: number;
  readonly debug: boolean;
  /** Never shown, wherever they occur. */
  readonly secrets: readonly string[];
}

/** Details that are for programs, or are told in another way. */
const NOT_A_PLACE = new Set(["flag", "field", "kind"]);

/** What was wrong, where, and what to do next; with `debug` also the stack. */
export function drawError(error: FinAgentError, style: ErrorStyle): Line[] {
  const safe = (text: string): string => printable(redact(text, style.secrets));
  const said = `${error.message}\n${error.hint ?? ""}`;
  const details = Object.entries(error.details).filter(([name]) => !NOT_A_PLACE.has(name));
  const more = details
    .flatMap(([, value]) => (isList(value) ? value : []))
    .filter((one) => !said.includes(one));
  const where = details
    .filter(([, value]) => !isList(value) && value !== null && !said.includes(String(value)))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");
  return [
    ...labelled("error", safe(error.message), style.width),
    ...more.flatMap((one) => labelled("", safe(one), style.width)),
    ...(where === "" ? [] : labelled("where", safe(where), style.width)),
    ...(error.hint === undefined ? [] : labelled("next", safe(error.hint), style.width)),
    ...(style.debug ? drawStack(safe(inspect(error, { depth: 6 }))) : []),
  ];
}

function drawStack(stack: string): Line[] {
  return stack.split("\n").map((line) => [span(line, "dim")]);
}

/** The error as a document: `{"error": {code, message, hint, details}}`. */
export function errorDocument(error: FinAgentError, secrets: readonly string[]): { readonly error: unknown } {
  return { error: redactTexts(error.toJSON(), secrets) };
}

function isList(value: ErrorDetail): value is readonly string[] {
  return Array.isArray(value);
}

function labelled(label: string, text: string, width: number): Line[] {
  const indent = 7;
  return wrap([span(text)], Math.max(20, width - indent)).map((line, row) => [
    row === 0 && label === "error"
      ? span(label.padEnd(indent), "bold", "red")
      : span((row === 0 ? label : "").padEnd(indent), "dim"),
    ...line,
  ]);
}
