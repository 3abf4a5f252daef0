import { z } from "zod";

/** A failure as a tool reports it (FinAgentError.toJSON), or the text of any other one. */
export interface ToolError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

export type Outcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ToolError };

const errorSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z_]+$/),
  message: z.string(),
  hint: z.string().optional().catch(undefined),
  details: z.record(z.string(), z.unknown()).default({}).catch({}),
});

/** Reads the content of a tool message: JSON where it is JSON, an error where it has the shape of one. */
export function readOutcome(content: string, status: "success" | "error" | undefined): Outcome {
  const value = parse(content);
  const error = errorSchema.safeParse(value);
  if (error.success) return { ok: false, error: error.data };
  if (status !== "error") return { ok: true, value };
  return { ok: false, error: { code: "TOOL_FAILED", message: firstLine(content), details: {} } };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return content;
  }
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
