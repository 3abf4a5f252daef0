import type { z } from "zod";
import type { RunEvent } from "../domain/run/event.ts";
import type { RunOptions, Runtime } from "../runtime.ts";
import type { Tool } from "../tools/tool.ts";
import { type FlagOfField, nameFlags } from "./flags/name-flags.ts";
import type { GlobalFlags } from "./flags/global-flags.ts";
import { untilInterrupted } from "./interruption.ts";
import type { Io } from "./io.ts";
import { Progress } from "./progress/progress.ts";

/** What `perform` needs to know about the command that calls it. */
export interface Calling {
  readonly command: string;
  readonly flags: GlobalFlags;
  readonly io: Io;
  readonly flagOf?: FlagOfField;
  readonly onEvent?: (event: RunEvent, progress: Progress) => void;
}

/** Runs a capability; see `withProgress`. */
export async function perform<I extends z.ZodType, O extends z.ZodType>(
  runtime: Runtime,
  tool: Tool<I, O>,
  input: z.input<I>,
  calling: Calling,
): Promise<z.output<O>> {
  return withProgress(async (options) => runtime.run(tool, input, options), calling);
}

/**
 * Does a run with its progress on stderr. Ends at once on Ctrl-C, and tells errors about the input in terms of flags.
 */
export async function withProgress<T>(
  run: (options: RunOptions) => Promise<T>,
  { command, flags, io, flagOf = {}, onEvent }: Calling,
): Promise<T> {
  const progress = new Progress(io.err, flags.quiet === true);
  let runId: string | null = null;
  try {
    const work = run({
      signal: io.signal,
      onEvent: (event) => {
        if (event.type === "started") runId = event.runId;
        progress.handle(event);
        onEvent?.(event, progress);
      },
    });
    return await untilInterrupted(work, io.signal, () => runId);
  } catch (error) {
    throw nameFlags(error, flagOf, command);
  } finally {
    progress.stop();
  }
}
