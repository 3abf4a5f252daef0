import { FinAgentError } from "../../domain/errors.ts";

/** Which flag sets which field of a tool's input, e.g. `settings.capital` -> `--capital`. */
export type FlagOfField = Readonly<Record<string, string>>;

/** An error about fields of an input, told in terms of the flags that the person typed. */
export function nameFlags(error: unknown, flagOf: FlagOfField, command: string): unknown {
  if (!(error instanceof FinAgentError)) return error;
  const { fields, field } = error.details;
  if (Array.isArray(fields)) {
    const problems = fields.map((problem) => nameFlag(String(problem), flagOf));
    return new FinAgentError(error.code, problems[0] ?? error.message, {
      hint: `Correct it; "finagent ${command} --help" says what each flag takes.`,
      details: { fields: problems },
      cause: error,
    });
  }
  const flag = typeof field === "string" ? flagFor(field, flagOf) : undefined;
  if (flag === undefined) return error;
  // The message may begin with the field's own name.
  const message = error.message.startsWith(`${String(field)} `)
    ? error.message.slice(String(field).length + 1)
    : error.message;
  return new FinAgentError(error.code, `${flag}: ${message}`, {
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    details: { ...error.details, flag },
    cause: error,
  });
}

/** `symbols.0: too long` -> `--symbols: too long`. */
function nameFlag(problem: string, flagOf: FlagOfField): string {
  const path = /^[^:\s]+/.exec(problem)?.[0] ?? "";
  return (flagFor(path, flagOf) ?? path) + problem.slice(path.length);
}

/** The flag of the longest field that the path lies in. */
function flagFor(path: string, flagOf: FlagOfField): string | undefined {
  const parts = path.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const flag = flagOf[parts.slice(0, length).join(".")];
    if (flag !== undefined) return flag;
  }
  return undefined;
}
