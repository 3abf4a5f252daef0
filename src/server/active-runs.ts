import { FinAgentError } from "../domain/errors.ts";
import type { RunOptions, Runtime } from "../runtime.ts";

export interface ActiveRuns {
  /** The same runtime; what runs through it is waited for. */
  readonly runtime: Runtime;
  /** Waits up to `graceMs` for the runs under way, then aborts them and waits as long again. */
  drain(graceMs: number): Promise<void>;
}

/** Keeps account of a runtime's runs, so that a server can end without cutting them off. */
export function activeRuns(inner: Runtime): ActiveRuns {
  const shutdown = new AbortController();
  const running = new Set<Promise<unknown>>();

  const settled = async (ms: number): Promise<boolean> => {
    const timeout = Promise.withResolvers<false>();
    const timer = setTimeout(() => timeout.resolve(false), ms);
    const all = Promise.allSettled(running).then(() => true as const);
    const done = await Promise.race([all, timeout.promise]);
    clearTimeout(timer);
    return done;
  };

  async function watched<T>(options: RunOptions, start: (options: RunOptions) => Promise<T>): Promise<T> {
    const signals = options.signal === undefined ? [] : [options.signal];
    const run = start({ ...options, signal: AbortSignal.any([...signals, shutdown.signal]) });
    running.add(run);
    try {
      return await run;
    } finally {
      running.delete(run);
    }
  }

  return {
    runtime: {
      config: inner.config,
      close: async () => inner.close(),
      run: async (tool, input, options = {}) =>
        watched(options, async (watchedOptions) => inner.run(tool, input, watchedOptions)),
      resume: async (id, options = {}) =>
        watched(options, async (watchedOptions) => inner.resume(id, watchedOptions)),
      replay: async (id, options = {}) =>
        watched(options, async (watchedOptions) => inner.replay(id, watchedOptions)),
      fork: async (id, change, options = {}) =>
        watched(options, async (watchedOptions) => inner.fork(id, change, watchedOptions)),
    },
    async drain(graceMs) {
      if (await settled(graceMs)) return;
      shutdown.abort(shuttingDown());
      await settled(graceMs);
    },
  };
}

function shuttingDown(): FinAgentError {
  return new FinAgentError("INTERNAL", "The server is shutting down and ended the run.", {
    hint: "Send the request again when it is back.",
  });
}
