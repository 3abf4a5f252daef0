import type { Config } from "../../config.ts";
import { examineStore } from "../../runtime.ts";
import { asFinAgentError } from "../error-report.ts";
import type { Check } from "./check.ts";

/** Where what has to survive is kept, and whether it can be written. */
export async function checkRecords(config: Config): Promise<Check> {
  const name = "Memory";
  try {
    const { place, version, risks } = await examineStore(config);
    const message = `${place} (${version ?? "made when it is needed"})`;
    return risks.length === 0
      ? { name, status: "ok", message }
      : { name, status: "warn", message, next: risks.join(" ") };
  } catch (cause) {
    const { message, hint, exitStatus } = asFinAgentError(cause);
    return { name, status: "fail", message, ...(hint === undefined ? {} : { next: hint }), exitStatus };
  }
}
