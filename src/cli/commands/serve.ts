import type { Runtime } from "../../runtime.ts";
import { asFinAgentError, drawError } from "../error-report.ts";
import type { GlobalFlags, ServerFlags } from "../flags/global-flags.ts";
import type { Io } from "../io.ts";
import { secretsOf } from "../../secrets.ts";
import { span } from "../terminal/span.ts";
import { writeJson } from "../write-output.ts";

export type ServeFlags = GlobalFlags & ServerFlags;

/** `finagent serve`: the HTTP surface, until Ctrl-C. `--host` and `--port` have become settings already. */
export async function serve(runtime: Runtime, flags: ServeFlags, io: Io): Promise<number> {
  const { startServer } = await import("../../server/index.ts");
  const { host, port } = runtime.config.server;
  const secrets = secretsOf(runtime.config);
  const server = await startServer(runtime, {
    host,
    port,
    signal: io.signal,
    onFault: (fault) =>
      io.err.writeLines(
        drawError(asFinAgentError(fault), { width: io.err.width, debug: flags.debug === true, secrets }),
      ),
  });
  if (flags.json === true) writeJson(io.out, { url: server.url });
  else io.out.writeLines([[span("FinAgent listens on "), span(server.url, "bold")]]);
  if (flags.quiet !== true) {
    io.err.writeLines([
      [span(`API description: ${server.url}/openapi.json. Ctrl-C ends the server.`, "dim")],
    ]);
  }
  if (!io.signal.aborted) {
    const { promise, resolve } = Promise.withResolvers<void>();
    io.signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
  }
  await server.close();
  if (flags.quiet !== true) io.err.write("Stopped.\n");
  return 0;
}
