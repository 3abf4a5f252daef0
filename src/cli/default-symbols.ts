import type { SymbolInfo } from "../domain/ports.ts";
import type { Runtime } from "../runtime.ts";
import { listSymbolsTool } from "../tools/list-symbols.ts";
import { badFlag } from "./flags/bad-flag.ts";
import { type Calling, perform } from "./perform.ts";

const SHOWN = 8;

/** So many names can be optimised on within minutes. */
const MOST = 50;

/**
 * The symbols to run on where none were named: the one that the source holds.
 * @throws FinAgentError BAD_ARGUMENT where it holds several: which of them is not ours to guess
 */
export async function defaultSymbols(runtime: Runtime, calling: Calling): Promise<string[]> {
  const { source, symbols } = await perform(runtime, listSymbolsTool, {}, calling);
  return atMost(1, symbols, source);
}

/**
 * All that the source holds and that can be held.
 * @throws FinAgentError BAD_ARGUMENT where these are more than anybody means who names none
 */
export async function allSymbols(runtime: Runtime, calling: Calling): Promise<string[]> {
  const { source, symbols } = await perform(runtime, listSymbolsTool, {}, calling);
  return atMost(
    MOST,
    symbols.filter(({ kind }) => kind !== "index"),
    source,
  );
}

function atMost(most: number, symbols: readonly Pick<SymbolInfo, "symbol">[], source: string): string[] {
  const names = symbols.map(({ symbol }) => symbol);
  if (names.length > 0 && names.length <= most) return names;
  const some = names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "");
  throw badFlag(
    "--symbols",
    `say which of the ${names.length} symbols of ${source} to use.`,
    `It offers ${some === "" ? "none" : some}; "finagent data list" shows all.`,
  );
}
