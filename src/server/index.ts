import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import { FinAgentError } from "../domain/errors.ts";
import type { Runtime } from "../runtime.ts";
import { activeRuns } from "./active-runs.ts";
import { createApp } from "./app.ts";
import { isLoopback } from "./loopback.ts";

/** How long runs may go on after `close()` before they are aborted. */
const GRACE_MS = 5000;

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Closes the server when it aborts. */
  readonly signal?: AbortSignal;
  readonly onFault?: (fault: unknown) => void;
}

export interface ListeningServer {
  readonly url: string;
  /** Accepts nothing more, lets runs end for a few seconds, then aborts them. */
  close(): Promise<void>;
}

/**
 * Serves the runtime over HTTP.
 * @throws FinAgentError BAD_CONFIG where the host is beyond loopback and no token is set, or cannot be listened on
 */
export async function startServer(runtime: Runtime, options: ListenOptions): Promise<ListeningServer> {
  const { host, port, signal, onFault } = options;
  if (!isLoopback(host) && runtime.config.server.apiToken === undefined) {
    throw new FinAgentError("BAD_CONFIG", `Listening on ${host} needs a token, and none is set.`, {
      hint: "Set FINAGENT_API_TOKEN (or server.apiToken in finagent.yaml), or listen on 127.0.0.1.",
      details: { field: "server.apiToken", host },
    });
  }
  const runs = activeRuns(runtime);
  const app = createApp(runs.runtime, { host, ...(onFault === undefined ? {} : { onFault }) });
  // The process also runs models, whose clients rely on Node's own Request and Response.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  const address = host.replace(/^\[(.*)\]$/, "$1");
  const bound = await listen(server, address, port);

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= end(server, async () => runs.drain(GRACE_MS)));
  signal?.addEventListener("abort", () => void close(), { once: true });
  if (signal?.aborted === true) await close();
  return { url: `http://${address.includes(":") ? `[${address}]` : address}:${bound}`, close };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(port, host, resolve);
  try {
    await promise;
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new FinAgentError("BAD_CONFIG", `Cannot listen on ${host}, port ${port}: ${reason}.`, {
      hint:
        reason === "EADDRINUSE"
          ? "Another server has that port: choose another."
          : "Choose another host or port.",
      details: { host, port, reason },
      cause,
    });
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function end(server: Server, drain: () => Promise<void>): Promise<void> {
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await drain();
  // The last answers are handed to the sockets in this turn of the loop; what still hangs after it is cut.
  await new Promise((resolve) => setTimeout(resolve, 50));
  server.closeAllConnections();
  await closed.promise;
}
