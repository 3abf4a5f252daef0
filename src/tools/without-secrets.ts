import { FinAgentError } from "../domain/errors.ts";
import { redact, redactTexts } from "../domain/redact.ts";
import type { Tool } from "./tool.ts";

/**
 * A program's own capability whose results and errors hold none of the given secrets: models read them, and the store keeps
 * them. What holds none is passed on as it is.
 */
export function withoutSecrets(tool: Tool, secrets: readonly string[]): Tool {
  const written = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const tells = (value: unknown): boolean => {
    const text = JSON.stringify(value) as string | undefined;
    return written.some((secret) => text?.includes(secret) === true);
  };
  return {
    ...tool,
    run: async (ctx, input) => {
      try {
        const value: unknown = await tool.run(ctx, input);
        return tells(value) ? redactTexts(value, secrets) : value;
      } catch (error) {
        if (!(error instanceof FinAgentError) || !tells([error.message, error.hint, error.details]))
          throw error;
        throw new FinAgentError(error.code, redact(error.message, secrets), {
          ...(error.hint === undefined ? {} : { hint: redact(error.hint, secrets) }),
          cause: error.cause,
        });
      }
    },
  };
}
