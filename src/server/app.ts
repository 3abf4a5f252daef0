import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import manifest from "../../package.json" with { type: "json" };
import type { Runtime } from "../runtime.ts";
import { askTool } from "../tools/ask.ts";
import { backtestStrategyTool } from "../tools/backtest-strategy.ts";
import { checkBacktestTool } from "../tools/check-backtest.ts";
import { compareStrategiesTool } from "../tools/compare-strategies.ts";
import { listPromptsTool } from "../tools/list-prompts.ts";
import { listRunsTool } from "../tools/list-runs.ts";
import { optimizeAgentPromptsTool } from "../tools/optimize-agent-prompts.ts";
import { runPipelineTool } from "../tools/run-pipeline.ts";
import { showPromptTool } from "../tools/show-prompt.ts";
import { showRunTool } from "../tools/show-run.ts";
import { stressStrategyTool } from "../tools/stress-strategy.ts";
import { badArgument } from "../tools/tool.ts";
import { answerRun } from "./answer-run.ts";
import { BacktestJobs } from "./backtest-jobs.ts";
import { bodyLimit } from "./body-limit.ts";
import { docsPage } from "./docs-page.ts";
import { errorAnswer } from "./error-answer.ts";
import { isLoopback } from "./loopback.ts";
import { backtestReportRoute, getBacktestRoute, startBacktestRoute } from "./routes/backtest.ts";
import { chatRoute } from "./routes/chat.ts";
import { compareRoute } from "./routes/compare.ts";
import { docsRoute, openApiRoute } from "./routes/docs.ts";
import { healthRoute } from "./routes/health.ts";
import { optimizeRoute } from "./routes/optimize.ts";
import { pipelineRoute } from "./routes/pipeline.ts";
import { listPromptsRoute, showPromptRoute } from "./routes/prompts.ts";
import { anyReport, listRunsRoute, resumeRunRoute, showRunRoute } from "./routes/runs.ts";
import { stressRoute } from "./routes/stress.ts";
import { siteGuard } from "./site-guard.ts";
import { tokenGuard } from "./token-guard.ts";

export interface AppOptions {
  /** Where the app listens; default: the configured host. */
  readonly host?: string;
  /** Told of every fault that is answered with 500, since the answer does not show it. */
  readonly onFault?: (fault: unknown) => void;
}

/**
 * The HTTP surface of a runtime; it opens no socket. Runs compute in this process: while one works through bars
 * synchronously, other requests wait.
 */
export function createApp(runtime: Runtime, options: AppOptions = {}): OpenAPIHono {
  const { config } = runtime;
  const { host = config.server.host, onFault = () => {} } = options;
  const started = performance.now();
  const jobs = new BacktestJobs();

  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw badArgument(result.error);
    },
  });
  app.onError((thrown, c) => {
    const { status, body } = errorAnswer(thrown);
    if (status === 500 && !c.req.raw.signal.aborted) onFault(thrown);
    return c.json(body, status);
  });
  app.notFound((c) => {
    const message = `There is no ${c.req.method} ${c.req.path}.`;
    return c.json(errorAnswer(new HTTPException(404, { message })).body, 404);
  });

  if (isLoopback(host)) app.use(siteGuard);
  app.openapi(healthRoute, (c) =>
    c.json(
      {
        status: "ok" as const,
        version: manifest.version,
        model: config.model,
        source: config.data.replace(/:.*/, ""),
        simulated: config.data === "simulated",
        uptimeSeconds: (performance.now() - started) / 1000,
      },
      200,
    ),
  );
  // What is registered before the token guard needs no token.
  if (config.server.apiToken !== undefined) app.use(tokenGuard(config.server.apiToken));
  app.use(bodyLimit);

  app.openapi(chatRoute, (c) =>
    answerRun(c, (run) => runtime.run(askTool, c.req.valid("json"), run), onFault),
  );
  app.openapi(pipelineRoute, (c) =>
    answerRun(c, (run) => runtime.run(runPipelineTool, c.req.valid("json"), run), onFault),
  );
  app.openapi(optimizeRoute, (c) =>
    answerRun(c, (run) => runtime.run(optimizeAgentPromptsTool, c.req.valid("json"), run), onFault),
  );
  app.openapi(stressRoute, async (c) =>
    c.json(await runtime.run(stressStrategyTool, c.req.valid("json"), { signal: c.req.raw.signal }), 200),
  );
  app.openapi(compareRoute, async (c) =>
    c.json(await runtime.run(compareStrategiesTool, c.req.valid("json"), { signal: c.req.raw.signal }), 200),
  );
  app.openapi(startBacktestRoute, async (c) => {
    const input = c.req.valid("json");
    await runtime.run(checkBacktestTool, input, { signal: c.req.raw.signal });
    // The tear sheet needs the course, whether the report shall show it or not.
    const detailed = { ...input, detail: true };
    const { id } = jobs.start(() => runtime.run(backtestStrategyTool, detailed), input, onFault);
    const href = `/backtest/${id}`;
    return c.json({ id, status: "running" as const, href }, 202, { Location: href });
  });
  app.openapi(getBacktestRoute, (c) => c.json(jobs.get(c.req.valid("param").id), 200));

  app.openapi(backtestReportRoute, async (c) => {
    const report = jobs.report(c.req.valid("param").id);
    const { tearSheet } = await import("../report/tear-sheet.ts");
    c.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    return c.html(tearSheet(report));
  });

  app.openapi(listRunsRoute, async (c) => c.json(await runtime.run(listRunsTool, c.req.valid("query")), 200));
  app.openapi(showRunRoute, async (c) => c.json(await runtime.run(showRunTool, c.req.valid("param")), 200));
  app.openapi(listPromptsRoute, async (c) =>
    c.json(await runtime.run(listPromptsTool, c.req.valid("query")), 200),
  );
  app.openapi(showPromptRoute, async (c) =>
    c.json(await runtime.run(showPromptTool, c.req.valid("param")), 200),
  );
  app.openapi(resumeRunRoute, (c) =>
    answerRun(c, async (run) => anyReport.parse(await runtime.resume(c.req.valid("param").id, run)), onFault),
  );

  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  const document = (): ReturnType<OpenAPIHono["getOpenAPI31Document"]> =>
    app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "FinAgent",
        version: manifest.version,
        description: "A team of agents that answers questions about markets with computed figures.",
      },
      security: config.server.apiToken === undefined ? [] : [{ bearer: [] }],
    });
  app.openapi(openApiRoute, (c) => {
    const body: Record<string, unknown> = { ...document() };
    return c.json(body, 200);
  });
  app.openapi(docsRoute, async (c) => {
    c.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    return c.html(await docsPage(document()));
  });
  return app;
}
