import { registerHooks } from "node:module";
import { extname } from "node:path";
import { noteImport } from "./source-files.ts";
import type { StrategyFile } from "./strategy-file.ts";

const OWN_INDEX = new URL(`../../index${extname(import.meta.url)}`, import.meta.url).href;

/**
 * Runs `load` while imports are resolved as strategy files need it: `finagent` is this very program, wherever the file
 * lies and however FinAgent was installed; `zod` is this program's where the file has none of its own; and the file
 * is a module whether a package.json says so or not, so that Node neither guesses nor warns.
 */
export async function withOwnPackages<T>(file: StrategyFile, load: () => Promise<T>): Promise<T> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "finagent") return { url: OWN_INDEX, shortCircuit: true };
      try {
        const resolved = next(specifier, context);
        noteImport(context.parentURL ?? "", resolved.url);
        // JavaScript too is read as TypeScript, whose parser says where an error is.
        return resolved.url === file.url ? { ...resolved, format: "module-typescript" } : resolved;
      } catch (error) {
        if (!/^zod(?:\/|$)/.test(specifier)) throw error;
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
  try {
    return await load();
  } finally {
    hooks.deregister();
  }
}
