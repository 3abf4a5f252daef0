import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Strategy } from "../../domain/backtest/strategy.ts";
import { importStrategy } from "./import-strategy.ts";
import { readTemplate } from "./read-template.ts";
import { StrategyFile } from "./strategy-file.ts";

/**
 * The strategy in a file: a TypeScript or JavaScript module whose default export was made with `defineStrategy`, or a
 * JSON template. A module runs with all rights of the process: only a person may name one, never a request over a
 * network or a model.
 *
 * @param path relative to the working folder, or a `file:` URL (a strategy's `module`)
 * @throws FinAgentError BAD_STRATEGY naming the file and what is wrong with it
 */
export async function loadStrategy(path: string): Promise<Strategy> {
  const file = new StrategyFile(path, path.startsWith("file:") ? fileURLToPath(path) : resolve(path));
  const strategy = file.path.endsWith(".json") ? await readTemplate(file) : await importStrategy(file);
  return { ...strategy, module: pathToFileURL(file.path).href };
}
