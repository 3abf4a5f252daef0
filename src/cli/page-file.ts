import { badFlag } from "./flags/bad-flag.ts";
import { type OutputFile, outputFile, outputHint } from "./output-file.ts";

const EXAMPLE = "report.html";

/**
 * The same as `outputFile`, for a page.
 * @throws FinAgentError BAD_ARGUMENT naming the flag
 */
export async function pageFile(flag: string, given: string): Promise<OutputFile> {
  const file = await outputFile(flag, given, EXAMPLE);
  if (/\.html?$/i.test(given)) return file;
  throw badFlag(flag, `${given} does not end in .html; the page is HTML.`, outputHint(flag, EXAMPLE));
}
