import { z } from "zod";
import { isTree, readSettings, settingError, type Tree } from "./settings-file.ts";

const modelName = z.string().regex(/^(offline|openai:.+)$/, "must be `offline` or `openai:NAME`");

const dataSource = z.string().regex(/^(simulated|csv:.+)$/, "must be `simulated` or `csv:DIRECTORY`");

export const AGENT_NAMES = ["manager", "data", "alpha", "risk", "portfolio", "backtest"] as const;

export type AgentName = (typeof AGENT_NAMES)[number];

const openaiSchema = z.strictObject({
  apiKey: z.string().min(1).optional(),
  baseUrl: z.url({ protocol: /^https?$/, error: "must be a URL like http://localhost:11434/v1" }).optional(),
  timeoutSeconds: z.number().positive().max(3600).default(60),
  maxRetries: z.number().int().min(0).max(10).default(2),
  /** False for an endpoint that cannot stream tool calls. */
  streaming: z.boolean().default(true),
});

const serverSchema = z.strictObject({
  host: z.string().default("127.0.0.1"),
  port: z.number().int().min(0).max(65_535).default(9000),
  apiToken: z.string().min(1).optional(),
});

const configSchema = z.strictObject({
  model: modelName.default("offline"),
  /** A model of its own for an agent; the others use `model`. */
  models: z.partialRecord(z.enum(AGENT_NAMES), modelName).default({}),
  openai: openaiSchema.prefault({}),
  data: dataSource.default("simulated"),
  asOf: z.iso.date().optional(),
  home: z.string().min(1).default(".finagent"),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  server: serverSchema.prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

const SETTINGS: readonly string[] = [
  ...Object.keys(configSchema.shape).filter((name) => !["models", "openai", "server"].includes(name)),
  ...AGENT_NAMES.map((name) => `models.${name}`),
  ...Object.keys(openaiSchema.shape).map((name) => `openai.${name}`),
  ...Object.keys(serverSchema.shape).map((name) => `server.${name}`),
];

/** The one place where the environment is read. Flags win over the environment, that over `finagent.yaml`. */
export function loadConfig(
  flags: ConfigInput = {},
  env: NodeJS.ProcessEnv = process.env,
  file = "finagent.yaml",
): Config {
  const environment = fromEnvironment(env);
  const merged = [readSettings(file), environment, flags as Tree].reduce<Tree>(merge, {});
  const parsed = configSchema.safeParse(merged);
  if (parsed.success) return parsed.data;
  throw settingError(parsed.error, file, SETTINGS, (path) =>
    holds(flags, path) ? "the call itself" : holds(environment, path) ? VARIABLES[path.join(".")] : undefined,
  );
}

/** Which variable gives which setting. */
const VARIABLES: Readonly<Record<string, string>> = {
  model: "FINAGENT_MODEL",
  data: "FINAGENT_DATA",
  home: "FINAGENT_HOME",
  "openai.apiKey": "OPENAI_API_KEY",
  "openai.baseUrl": "OPENAI_BASE_URL",
  "server.port": "PORT",
  "server.apiToken": "FINAGENT_API_TOKEN",
};

function fromEnvironment(env: NodeJS.ProcessEnv): Tree {
  let settings: Tree = {};
  for (const [path, variable] of Object.entries(VARIABLES)) {
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const [section = "", name] = path.split(".");
    const value = path === "server.port" ? Number(text) : text;
    settings = merge(settings, { [section]: name === undefined ? value : { [name]: value } });
  }
  return settings;
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

function holds(tree: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return tree !== undefined;
  return isTree(tree) && holds(tree[key], rest);
}
