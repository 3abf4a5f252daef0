import { existsSync, readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { FinAgentError } from "./domain/errors.ts";

const modelName = z.string().regex(/^(offline|openai:.+)$/, "must be `offline` or `openai:NAME`");

const dataSource = z.string().regex(/^(simulated|csv:.+)$/, "must be `simulated` or `csv:DIRECTORY`");

export const AGENT_NAMES = ["manager", "data", "alpha", "risk", "portfolio", "backtest"] as const;

export type AgentName = (typeof AGENT_NAMES)[number];

const configSchema = z.strictObject({
  model: modelName.default("offline"),
  /** A model of its own for an agent; the others use `model`. */
  models: z.partialRecord(z.enum(AGENT_NAMES), modelName).default({}),
  openai: z
    .strictObject({
      apiKey: z.string().min(1).optional(),
      baseUrl: z.url({ protocol: /^https?$/ }).optional(),
      timeoutSeconds: z.number().positive().max(3600).default(60),
      maxRetries: z.number().int().min(0).max(10).default(2),
      /** False for an endpoint that cannot stream tool calls. */
      streaming: z.boolean().default(true),
    })
    .prefault({}),
  data: dataSource.default("simulated"),
  asOf: z.iso.date().optional(),
  home: z.string().min(1).default(".finagent"),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  server: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535).default(9000),
      apiToken: z.string().min(1).optional(),
    })
    .prefault({}),
  logLevel: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

type Tree = { [key: string]: unknown };

/** The one place where the environment is read. Flags win over the environment, that over `finagent.yaml`. */
export function loadConfig(
  flags: ConfigInput = {},
  env: NodeJS.ProcessEnv = process.env,
  file = "finagent.yaml",
): Config {
  const layers = [readFile(file), fromEnvironment(env), flags as Tree];
  const merged = layers.reduce<Tree>(merge, {});
  const parsed = configSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  throw new FinAgentError(
    "BAD_CONFIG",
    `The setting ${field || "(root)"} is wrong: ${issue?.message ?? ""}.`,
    {
      hint: `Look at the flag, the environment variable or the entry in ${file} that sets it.`,
      details: { field },
    },
  );
}

function fromEnvironment(env: NodeJS.ProcessEnv): Tree {
  const set = (value: string | undefined): string | undefined => (value === "" ? undefined : value);
  const port = set(env["PORT"]);
  return {
    model: set(env["FINAGENT_MODEL"]),
    data: set(env["FINAGENT_DATA"]),
    home: set(env["FINAGENT_HOME"]),
    logLevel: set(env["FINAGENT_LOG_LEVEL"]),
    openai: { apiKey: set(env["OPENAI_API_KEY"]), baseUrl: set(env["OPENAI_BASE_URL"]) },
    server: {
      port: port === undefined ? undefined : Number(port),
      apiToken: set(env["FINAGENT_API_TOKEN"]),
    },
  };
}

/**
 * The environment for a child process that reads its settings there: this process's own, with the given
 * settings on top.
 */
export function environmentFor(settings: {
  readonly model: string | undefined;
  readonly data: string | undefined;
  readonly home: string | undefined;
}): NodeJS.ProcessEnv {
  const over = { FINAGENT_MODEL: settings.model, FINAGENT_DATA: settings.data, FINAGENT_HOME: settings.home };
  return {
    ...process.env,
    ...Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined)),
  };
}

function readFile(file: string): Tree {
  if (!existsSync(file)) return {};
  try {
    const parsed: unknown = parseYaml(readFileSync(file, "utf8"));
    if (parsed === null || parsed === undefined) return {};
    if (isTree(parsed)) return parsed;
  } catch (cause) {
    throw new FinAgentError("BAD_CONFIG", `${file} is not readable as YAML.`, { cause, details: { file } });
  }
  throw new FinAgentError("BAD_CONFIG", `${file} must hold settings by name.`, { details: { file } });
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Later layers win, field by field; an undefined field leaves what was there. */
function merge(under: Tree, over: Tree): Tree {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    merged[key] = isTree(value) && isTree(below) ? merge(below, value) : value;
  }
  return merged;
}
