import type { Runtime } from "../../runtime.ts";
import type { Check } from "../doctor/check.ts";
import { checkHome } from "../doctor/check-home.ts";
import { checkModel } from "../doctor/check-model.ts";
import { checkNode } from "../doctor/check-node.ts";
import { checkRecords } from "../doctor/check-records.ts";
import { checkSource } from "../doctor/check-source.ts";
import { asFinAgentError } from "../error-report.ts";
import type { GlobalFlags } from "../flags/global-flags.ts";
import { untilInterrupted } from "../interruption.ts";
import type { Io } from "../io.ts";
import { cell } from "../markdown/compose.ts";
import { redact } from "../../domain/redact.ts";
import { secretsOf } from "../../secrets.ts";
import type { Format } from "../terminal/span.ts";
import { writeBlocks, writeJson } from "../write-output.ts";

const STATUS_FORMATS: Readonly<Record<Check["status"], Format>> = {
  ok: "green",
  warn: "yellow",
  fail: "red",
};

/**
 * `finagent doctor`: what is configured and whether it works. It starts the runtime itself, since a
 * configuration that does not load is a finding here.
 */
export async function doctor(connect: () => Promise<Runtime>, flags: GlobalFlags, io: Io): Promise<number> {
  const checks = await untilInterrupted(runChecks(connect, io.signal), io.signal);
  if (flags.json === true) {
    writeJson(io.out, {
      ok: checks.every(({ status }) => status !== "fail"),
      checks: checks.map(({ name, status, message, next }) => ({
        name,
        status,
        message,
        next: next ?? null,
      })),
    });
  } else {
    writeBlocks(io.out, [
      {
        kind: "table",
        align: [],
        header: [],
        rows: checks.map(({ name, status, message, next }) => [
          cell(status, "bold", STATUS_FORMATS[status]),
          cell(name),
          [...cell(message), ...(next === undefined ? [] : cell(`\n${next}`, "dim"))],
        ]),
      },
    ]);
  }
  return checks.find(({ status }) => status === "fail")?.exitStatus ?? 0;
}

async function runChecks(connect: () => Promise<Runtime>, signal: AbortSignal): Promise<Check[]> {
  const node = checkNode(process.versions.node);
  try {
    const runtime = await connect();
    const { config } = runtime;
    const checks = await Promise.all([
      checkSource(runtime, signal),
      checkModel(config, signal),
      checkHome(config.home),
      checkRecords(config),
    ]);
    return [node, ...checks.flat()].map((check) => ({
      ...check,
      message: redact(check.message, secretsOf(config)),
    }));
  } catch (cause) {
    const { message, hint, exitStatus } = asFinAgentError(cause);
    const settings: Check = { name: "Settings", status: "fail", message: redact(message, []), exitStatus };
    return [node, hint === undefined ? settings : { ...settings, next: hint }];
  }
}
