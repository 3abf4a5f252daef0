import { availableParallelism } from "node:os";
import { type ErrorCode, type ErrorDetail, FinAgentError } from "../../domain/errors.ts";
import type { Crew, Workers } from "../../domain/ports.ts";

/** What went wrong in a thread, as `FinAgentError.toJSON` tells it: classes do not cross threads. */
export type ThreadFault = ReturnType<FinAgentError["toJSON"]>;

/** In a checkout the thread runs TypeScript, in an installation what was made of it. */
const FILE = new URL(`./sweep-worker.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`, import.meta.url);

/** Worker threads of Node. Each job has its own: they hold its data and the indicators they computed on it. */
export function workerPool(threads: number = availableParallelism()): Workers {
  return {
    threads,
    start: async (job, count): Promise<Crew> => {
      // Few commands need threads.
      const { Tinypool } = await import("tinypool");
      const pool = new Tinypool({
        filename: FILE.href,
        minThreads: count,
        maxThreads: count,
        workerData: job,
      });
      return {
        run: async (stretch) => {
          const fault: unknown = await pool.run(stretch);
          if (isFault(fault)) throw new FinAgentError(fault.code, fault.message, optionsOf(fault));
        },
        close: () => pool.destroy(),
      };
    },
  };
}

function isFault(value: unknown): value is ThreadFault {
  return typeof value === "object" && value !== null && "code" in value;
}

function optionsOf({ hint, details }: { code: ErrorCode } & ThreadFault): {
  hint?: string;
  details?: Readonly<Record<string, ErrorDetail>>;
} {
  return { ...(hint === undefined ? {} : { hint }), ...(details === undefined ? {} : { details }) };
}
