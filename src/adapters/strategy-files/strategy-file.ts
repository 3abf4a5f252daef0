import { pathToFileURL } from "node:url";
import { type ErrorDetail, FinAgentError } from "../../domain/errors.ts";

/** A file that a person named, and how errors speak of it. */
export class StrategyFile {
  /** As the person wrote it. */
  readonly named: string;
  readonly path: string;

  constructor(named: string, path: string) {
    this.named = named;
    this.path = path;
  }

  get url(): string {
    return pathToFileURL(this.path).href;
  }

  /** @param why goes on after the file's name */
  bad(
    why: string,
    hint: string,
    details: Readonly<Record<string, ErrorDetail>> = {},
    cause?: unknown,
  ): FinAgentError {
    return new FinAgentError("BAD_STRATEGY", `${this.named}: ${why}`, {
      hint,
      details: { file: this.path, ...details },
      ...(cause === undefined ? {} : { cause }),
    });
  }

  /** Where in this file an error or its cause arose: the line that its stack names last called. */
  lineOf(error: unknown): number | null {
    if (!(error instanceof Error)) return null;
    const stack = error.stack ?? "";
    for (const line of stack.split("\n")) {
      for (const place of [this.url, this.path]) {
        const [, number] = line.includes(place)
          ? (/^:(\d+)/.exec(line.slice(line.indexOf(place) + place.length)) ?? [])
          : [];
        if (number !== undefined) return Number(number);
      }
    }
    return this.lineOf(error.cause);
  }
}
