/**
 * Ask a request from code: events while the agents work, then the answer and typed fields of the report.
 *
 *     npx node examples/ask-from-code.ts
 *     npx node examples/ask-from-code.ts "Compare MSFT and NVDA for the past year"
 *
 * Without any configuration the market is simulated and the model is the built-in offline one. For real bars and a
 * language model set FINAGENT_DATA=csv:DIR and FINAGENT_MODEL=openai:NAME with OPENAI_API_KEY; nothing below changes.
 */
import { askTool, createRuntime, loadConfig, type RunEvent } from "../src/index.ts";

const request =
  process.argv[2] ?? "Analyze AAPL and MSFT for the last 6 months and propose a portfolio for $50k";

// The day that counts as today; without it, the latest day that the source has.
const runtime = createRuntime(loadConfig({ asOf: "2025-06-30" }));

const report = await runtime.run(askTool, { request }, { onEvent: show });

console.log("\n\n--- the report, typed ---");
console.log("status     ", report.status);
console.log("data       ", report.data?.source, report.data?.from.slice(0, 10), report.data?.to.slice(0, 10));
for (const { symbol, score, direction } of report.signals) {
  console.log("signal     ", symbol, score.toFixed(2), direction);
}
console.log("risk       ", report.risk?.level, "exposure up to", report.risk?.allowedExposure);
console.log("weights    ", report.weights);
console.log("decided by ", report.decisions);
// Figures of the answer that no tool returned. With the offline model there are none.
console.log("unverified ", report.unverified);

/** Every surface reads these same events. */
function show(event: RunEvent): void {
  switch (event.type) {
    case "plan":
      console.log("plan       ", event.plan.map((task) => task.id).join(", "));
      break;
    case "step-finished":
      console.log("step       ", event.step.agent, `${event.step.ms} ms:`, event.step.summary);
      break;
    case "token":
      process.stdout.write(event.text); // The answer, in Markdown, as it is written.
      break;
    default: // started, step-started, progress, and the report, which is what `run` returns.
      break;
  }
}
