import { z } from "zod";
import { DEFAULT_MIN_MODEL_SHARE } from "./domain/run/run-provenance.ts";
import { budgetSchema } from "./domain/cost/budget.ts";
import { priceSchema } from "./domain/cost/price.ts";
import { isTree, readSettings, settingError, type Tree } from "./settings-file.ts";

const modelName = z.string().regex(/^(offline|openai:.+)$/, "must be `offline` or `openai:NAME`");

const dataSource = z.string().regex(/^(simulated|csv:.+)$/, "must be `simulated` or `csv:DIRECTORY`");

export const AGENT_NAMES = [
  "manager",
  "data",
  "alpha",
  "risk",
  "portfolio",
  "backtest",
  "optimizer",
] as const;

export type AgentName = (typeof AGENT_NAMES)[number];

const openaiSchema = z.strictObject({
  apiKey: z.string().min(1).optional(),
  baseUrl: z.url({ protocol: /^https?$/, error: "must be a URL like http://localhost:11434/v1" }).optional(),
  timeoutSeconds: z.number().positive().max(3600).default(60),
  maxRetries: z.number().int().min(0).max(10).default(2),
  /** False for an endpoint that cannot stream tool calls. */
  streaming: z.boolean().default(true),
  /** Of an answer, what reasoning takes among them. Default: the endpoint's own limit; see MAX_OUTPUT_TOKENS. */
  maxOutputTokens: z.number().int().min(1).max(1_000_000).optional(),
});

/** The limit on an answer that is sent where a budget is set and no limit is: no call has a price without one. */
export const MAX_OUTPUT_TOKENS = 8192;

const serverSchema = z.strictObject({
  host: z.string().default("127.0.0.1"),
  port: z.number().int().min(0).max(65_535).default(9000),
  apiToken: z.string().min(1).optional(),
});

const redisSchema = z.strictObject({
  /** Where there is one, it keeps everything that has to survive, in place of the file in the home folder. */
  url: z
    .string()
    .regex(/^rediss?:\/\/[^/?#]+(?:\/\d{0,6})?$/, "must be a URL like redis://USER:PASSWORD@localhost:6379/0")
    .optional(),
  /** Its keys begin with it. */
  prefix: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, "must be up to 64 letters, digits and any of _ . : -")
    .default("finagent"),
});

const configSchema = z.strictObject({
  model: modelName.default("offline"),
  /** A model of its own for an agent; the others use `model`. */
  models: z.partialRecord(z.enum(AGENT_NAMES), modelName).default({}),
  openai: openaiSchema.prefault({}),
  redis: redisSchema.prefault({}),
  data: dataSource.default("simulated"),
  asOf: z.iso.date().optional(),
  home: z.string().min(1).default(".finagent"),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  /** Of the decisions asked of a model, the share below which a run is partial; see `provenanceOf`. */
  minModelShare: z.number().positive().max(1).default(DEFAULT_MIN_MODEL_SHARE),
  server: serverSchema.prefault({}),
  /** The most that calls of models may cost. */
  budget: budgetSchema.prefault({}),
  /** What models cost, in place of what is built in for them. */
  prices: z.array(priceSchema).default([]),
});

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

const SETTINGS: readonly string[] = [
  ...Object.keys(configSchema.shape).filter(
    (name) => !["models", "openai", "redis", "server", "budget"].includes(name),
  ),
  ...AGENT_NAMES.map((name) => `models.${name}`),
  ...Object.keys(openaiSchema.shape).map((name) => `openai.${name}`),
  ...Object.keys(redisSchema.shape).map((name) => `redis.${name}`),
  ...Object.keys(serverSchema.shape).map((name) => `server.${name}`),
  ...Object.keys(budgetSchema.shape).map((name) => `budget.${name}`),
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
  "redis.url": "REDIS_URL",
  "redis.prefix": "FINAGENT_REDIS_PREFIX",
  "server.port": "PORT",
  "server.apiToken": "FINAGENT_API_TOKEN",
  "budget.perRunUsd": "FINAGENT_BUDGET_PER_RUN",
  "budget.perDayUsd": "FINAGENT_BUDGET_PER_DAY",
};

const NUMBERS: ReadonlySet<string> = new Set(["server.port", "budget.perRunUsd", "budget.perDayUsd"]);

function fromEnvironment(env: NodeJS.ProcessEnv): Tree {
  let settings: Tree = {};
  for (const [path, variable] of Object.entries(VARIABLES)) {
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const [section = "", name] = path.split(".");
    const value = NUMBERS.has(path) ? Number(text) : text;
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

/** Variables that hold a key, ours or another program's: `OPENAI_API_KEY`, `APCA_API_SECRET_KEY`, … */
const KEY_VARIABLE = /(?:KEY|KEY_ID|TOKEN|SECRET|PASSWORD)$/;

/** The keys in the environment, and the passwords in its URLs. */
export function environmentSecrets(env: NodeJS.ProcessEnv = process.env): string[] {
  return Object.entries(env).flatMap(([name, value = ""]) => {
    if (KEY_VARIABLE.test(name)) return value.length < 8 ? [] : [value];
    return name.endsWith("_URL") ? passwordIn(value) : [];
  });
}

/** The password in a URL, as it stands there and as it is meant. */
export function passwordIn(url: string): string[] {
  const password = /^\w+:\/\/[^:@/]*:([^@/]+)@/.exec(url)?.[1];
  return password === undefined ? [] : [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
