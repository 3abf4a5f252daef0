/**
 * A language model on your own machine, by its base URL: Ollama, vLLM, llama.cpp, LM Studio, or anything else that
 * speaks OpenAI's Chat Completions with tool calls. No key is needed.
 *
 *     ollama pull qwen3:8b
 *     OPENAI_BASE_URL=http://127.0.0.1:11434/v1 npx node examples/local-model.ts qwen3:8b
 *
 * The same can stand in a file `finagent.yaml`:
 *
 *     models: { manager: "openai:qwen3:8b" }
 *     openai: { baseUrl: "http://127.0.0.1:11434/v1", timeoutSeconds: 300 }
 */
import { askTool, createRuntime, FinAgentError, loadConfig } from "../src/index.ts";

const [name = "qwen3:8b", request = "How risky is NVDA, judged by the last 6 months?"] =
  process.argv.slice(2);

try {
  const config = loadConfig({
    asOf: "2025-06-30",
    // The local model plans and answers; the specialists decide by their rules, which costs it no calls.
    // `model` in place of `models` makes every agent ask it.
    models: { manager: `openai:${name}` },
    // A model that has to be loaded first, on a machine without a large GPU, takes its time.
    openai: { timeoutSeconds: 300 },
  });
  const runtime = createRuntime(config);
  const report = await runtime.run(
    askTool,
    { request },
    { onEvent: (event) => event.type === "step-finished" && console.log(`- ${event.step.summary}`) },
  );
  console.log(`\n${report.answer}\n`);
  console.log("model", report.model, "at", config.openai.baseUrl);
  console.log("tokens", report.usage.inputTokens, "in,", report.usage.outputTokens, "out");
  // A small model may state a figure that no tool returned. It is not believed: it is listed.
  console.log("unverified", report.unverified);
} catch (error) {
  if (!(error instanceof FinAgentError)) throw error;
  console.error(`${error.code}: ${error.message}\n${error.hint ?? ""}`);
  process.exitCode = error.exitStatus;
}
