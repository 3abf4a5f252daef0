import { readFile } from "node:fs/promises";
import { contentHash } from "../../domain/hash.ts";

/** This program's own files: the version of the code stands for them. */
const OWN_FILES = new URL("../../", import.meta.url).href;

/** By the URL of a file those that it imports. */
const imports = new Map<string, Set<string>>();
/** By URL the text that was loaded: a process goes on with that, whatever the file becomes. */
const texts = new Map<string, string>();

/** Takes note that one file imports another; packages and this program's own files are left out. */
export function noteImport(from: string, url: string): void {
  if (!url.startsWith("file:") || url.startsWith(OWN_FILES) || url.includes("/node_modules/")) return;
  const known = imports.get(from) ?? new Set();
  imports.set(from, known.add(url));
}

/** Of the texts of a loaded module and of all that it imports. */
export async function moduleHash(url: string): Promise<string> {
  const files = new Set([url]);
  // A set goes on to what is added on the way.
  for (const file of files) for (const imported of imports.get(file) ?? []) files.add(imported);
  for (const file of files) if (!texts.has(file)) texts.set(file, await readFile(new URL(file), "utf8"));
  return contentHash([...files].sort().flatMap((file) => [file, texts.get(file) ?? ""]));
}
