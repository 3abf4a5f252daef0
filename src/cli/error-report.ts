import { inspect } from "node:util";
import { type ErrorDetail, FinAgentError } from "../domain/errors.ts";
import { redact, redactTexts } from "./redact.ts";
import { printable } from "./terminal/printable.ts";
import { type Line, span } from "./terminal/span.ts";
import { wrap } from "./terminal/wrap.ts";

/** Every error as one of ours; what we did not foresee is a fault of ours and says so. */
export function asFinAgentError(error: unknown): FinAgentError {
  if (error instanceof FinAgentError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new FinAgentError(
    "INTERNAL",
    `Something went wrong inside FinAgent: ${message === "" ? "no message" : message}`,
    {
      hint: "This is a fault of FinAgent, not yours. Run it again with --debug to see where it happened, and please report that.",
      cause: error,
    },
  );
}

export interface ErrorStyle {
  readonly width: number;
  readonly debug: boolean;
  /** Never shown, wherever they occur. */
  readonly secrets: readonly string[];
}

/** What was wrong, where, and what to do next; with `debug` also the stack. */
export function drawError(error: FinAgentError, style: ErrorStyle): Line[] {
  const safe = (text: string): string => printable(redact(text, style.secrets));
  const message = safe(error.message);
  const where = Object.entries(error.details)
    .filter(([name, value]) => name !== "flag" && name !== "fields" && !isSaid(message, value))
    .map(([name, value]) => `${name} ${safe(String(value))}`)
    .join(", ");
  const more = error.details["fields"];
  return [
    ...labelled("error", message, style.width),
    ...(Array.isArray(more)
      ? more.slice(1).flatMap((one) => labelled("", safe(String(one)), style.width))
      : []),
    ...(where === "" ? [] : labelled("where", where, style.width)),
    ...(error.hint === undefined ? [] : labelled("next", safe(error.hint), style.width)),
    ...(style.debug
      ? safe(inspect(error, { depth: 6 }))
          .split("\n")
          .map((line) => [span(line, "dim")])
      : []),
  ];
}

/** The error as a document: `{"error": {code, message, hint, details}}`. */
export function errorDocument(error: FinAgentError, secrets: readonly string[]): { readonly error: unknown } {
  return { error: redactTexts(error.toJSON(), secrets) };
}

function isSaid(message: string, value: ErrorDetail): boolean {
  return value === null || (Array.isArray(value) ? value.length === 0 : message.includes(String(value)));
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
