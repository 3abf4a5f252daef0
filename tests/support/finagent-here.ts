import { connectRuntime } from "../../src/cli/connect.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Ended } from "./finagent-process.ts";
import { scriptedIo, UNWATCHED } from "./scripted-io.ts";
import { testHome } from "./test-config.ts";

/**
 * `finagent` with this command line, in this process: all but its start and its end, which `finagent` of
 * finagent-process.ts has too, in twenty times the time.
 */
export async function finagentHere(
  line: readonly string[],
  { home = testHome(), input = "" }: { readonly home?: string; readonly input?: string } = {},
): Promise<Ended> {
  const { io, stdout, stderr } = scriptedIo({ stdin: input });
  const status = await runCli([...line, "--home", home], io, (flags) => connectRuntime(flags, UNWATCHED));
  return { status, stdout: stdout(), stderr: stderr() };
}
