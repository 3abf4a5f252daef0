import { access } from "node:fs/promises";
import { extname } from "node:path";
import type { Strategy } from "../../domain/backtest/strategy.ts";
import { checkStrategy } from "./check-strategy.ts";
import { guardStrategy } from "./guard-strategy.ts";
import { withOwnPackages } from "./own-packages.ts";
import { moduleHash } from "./source-files.ts";
import type { StrategyFile } from "./strategy-file.ts";
import { unreadable } from "./unreadable.ts";

const EXTENSIONS: readonly string[] = [".ts", ".mts", ".js", ".mjs"];

const HOW = "Export a strategy: `export default defineStrategy({ name, description, signal(bars) { … } })`.";

/** @throws FinAgentError BAD_STRATEGY where the module cannot be loaded or exports no strategy */
export async function importStrategy(file: StrategyFile): Promise<Strategy> {
  await access(file.path).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (!EXTENSIONS.includes(extname(file.path))) {
    throw file.bad(
      "is not a kind of file that can hold a strategy.",
      `Use ${EXTENSIONS.join(", ")} or .json.`,
    );
  }
  const exported = await withOwnPackages(file, async () => import(file.url) as Promise<object>).catch(
    (error: unknown) => {
      throw notLoaded(file, error);
    },
  );
  if (!("default" in exported)) {
    const others = Object.keys(exported);
    const seen = others.length === 0 ? "it exports nothing" : `it exports ${others.join(", ")}`;
    throw file.bad(`has no default export; ${seen}.`, HOW);
  }
  const strategy = guardStrategy(
    checkStrategy(exported.default, (why) => file.bad(why, HOW)),
    file,
  );
  return { ...strategy, sourceHash: await moduleHash(file.url) };
}

function notLoaded(file: StrategyFile, error: unknown): Error {
  const line = file.lineOf(error);
  const where = line === null ? "" : `, line ${line}`;
  const details = line === null ? {} : { line };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_MODULE_NOT_FOUND") {
    const wanted = /^Cannot find \w+ '(.+?)'/.exec(message)?.[1] ?? "a module";
    return file.bad(
      `imports ${wanted}, which cannot be found.`,
      "Correct the path, or install the package beside the file. `finagent` and `zod` are always there.",
      details,
      error,
    );
  }
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    return file.bad(
      `${message}${where}.`,
      "Node runs TypeScript whose types can be erased: no enum, no namespace, no parameter properties.",
      details,
      error,
    );
  }
  const kind = error instanceof SyntaxError ? "cannot be read as code" : "failed as it was loaded";
  return file.bad(`${kind}${where}: ${message}.`, "Correct the file and try again.", details, error);
}
