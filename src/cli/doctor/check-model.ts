import { z } from "zod";
import type { Config } from "../../config.ts";
import type { Check } from "./check.ts";

const PREFIX = "openai:";
const DEFAULT_BASE_URL = "https://api.openai.com/v1";
const TIMEOUT_MS = 5000;

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Whether the configured models answer: one request for the endpoint's list of models (`GET /models` of the
 * OpenAI API), no completion. The key itself is never part of a message.
 */
export async function checkModel(config: Config, signal: AbortSignal): Promise<Check[]> {
  const models = new Set([config.model, ...Object.values(config.models)]);
  const names = [...models]
    .filter((model) => model.startsWith(PREFIX))
    .map((model) => model.slice(PREFIX.length));
  if (names.length === 0) {
    return [
      {
        name: "Model",
        status: "ok",
        message: "offline: the built-in rule-based model, no network",
        next: "For a language model: --model openai:NAME with OPENAI_API_KEY or OPENAI_BASE_URL.",
      },
    ];
  }
  return [checkKey(config), await checkEndpoint(config, names, signal)];
}

function checkKey({ openai: { apiKey, baseUrl } }: Config): Check {
  if (apiKey !== undefined) return { name: "Model key", status: "ok", message: "present (never shown)" };
  if (baseUrl !== undefined) {
    return { name: "Model key", status: "ok", message: "none; an endpoint of your own may want none" };
  }
  return {
    name: "Model key",
    status: "fail",
    message: "none",
    next: "Set OPENAI_API_KEY, or OPENAI_BASE_URL to an endpoint that wants no key.",
    exitStatus: 4,
  };
}

async function checkEndpoint(
  { openai }: Config,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Check> {
  const name = "Model";
  const base = new URL(openai.baseUrl ?? DEFAULT_BASE_URL);
  const shown = base.origin + base.pathname;
  const fail = (message: string, next: string): Check => ({
    name,
    status: "fail",
    message,
    next,
    exitStatus: 4,
  });
  try {
    const response = await fetch(`${base.href.replace(/\/$/, "")}/models`, {
      headers: openai.apiKey === undefined ? {} : { authorization: `Bearer ${openai.apiKey}` },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.status === 401 || response.status === 403) {
      return fail(
        `${shown} refuses the key (${response.status})`,
        "Set OPENAI_API_KEY to a key that is valid there.",
      );
    }
    if (!response.ok) {
      return {
        name,
        status: "warn",
        message: `${shown} answers, but ${response.status} to a question for its models`,
      };
    }
    const listed = modelsSchema.safeParse(await response.json());
    if (!listed.success) return { name, status: "warn", message: `${shown} answers, but lists no models` };
    const ids = listed.data.data.map(({ id }) => id);
    const missing = names.filter((one) => !ids.includes(one) && !ids.includes(`${one}:latest`));
    if (missing.length > 0) {
      return fail(
        `${shown} does not list ${missing.join(", ")}`,
        `It lists ${ids.slice(0, 8).join(", ")}${ids.length > 8 ? ", …" : ""}.`,
      );
    }
    return { name, status: "ok", message: `${names.join(", ")} at ${shown}` };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name === "TimeoutError") {
      return fail(
        `${shown} does not answer within ${TIMEOUT_MS / 1000} s`,
        "See whether the server is busy.",
      );
    }
    return fail(`${shown} cannot be reached`, "Start the server, or correct OPENAI_BASE_URL.");
  }
}
