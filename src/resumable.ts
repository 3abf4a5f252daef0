import type { Config } from "./config.ts";
import type { Services } from "./agents/manager/specialist-tool.ts";
import { FinAgentError } from "./domain/errors.ts";
import { dateOfEnd } from "./domain/market/end-of-day.ts";
import type { RunHeader } from "./domain/run/run-header.ts";

/** @throws FinAgentError BAD_ARGUMENT where the rest of a run would be another one's */
export function refuseOtherSettings(
  { id, source, seed, model, code, asOf, input, minModelShare }: RunHeader,
  { market, identity }: Services,
  config: Pick<Config, "asOf" | "minModelShare">,
): void {
  const began = asOf === null ? "the latest" : dateOfEnd(Date.parse(asOf));
  // A day that the request itself names goes before that of the settings.
  const named = typeof input === "object" && input !== null && "asOf" in input;
  const settings: readonly (readonly [string, unknown, unknown])[] = [
    ["data", source, market.source],
    ["seed", seed, identity.seed],
    ["model", model, identity.model],
    ["as-of day", began, named ? began : (config.asOf ?? began)],
    ["version of FinAgent", code, identity.code],
    ["minModelShare", minModelShare ?? config.minModelShare, config.minModelShare],
  ];
  const other = settings.find(([, was, is]) => was !== is);
  if (other === undefined) return;
  const [name, was, is] = other;
  throw new FinAgentError(
    "BAD_ARGUMENT",
    `The run ${id} had the ${name} ${String(was)}, and this is ${String(is)}.`,
    { hint: "Take it up with what it began with.", details: { id, setting: name } },
  );
}
