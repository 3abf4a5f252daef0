import type { References } from "../agents/manager/state.ts";
import { FinAgentError } from "../domain/errors.ts";
import type { ArtifactKinds, Artifacts } from "../domain/ports.ts";
import type { RunParts } from "../domain/run/compose.ts";

type Parts = Pick<RunParts, "data" | "alpha" | "risk" | "portfolio" | "backtest">;

/**
 * The reports that a run's references name. One that the store has let go of was made by an earlier request of
 * the conversation, and is left out.
 */
export async function made(references: References, artifacts: Artifacts): Promise<Parts> {
  const [data, alpha, risk, portfolio, backtest] = await Promise.all([
    held(artifacts, "data", references.data),
    held(artifacts, "alpha", references.alpha),
    held(artifacts, "risk", references.risk),
    held(artifacts, "portfolio", references.portfolio),
    held(artifacts, "backtest", references.backtest),
  ]);
  return {
    ...(data === undefined ? {} : { data }),
    ...(alpha === undefined ? {} : { alpha }),
    ...(risk === undefined ? {} : { risk }),
    ...(portfolio === undefined ? {} : { portfolio }),
    ...(backtest === undefined ? {} : { backtest }),
  };
}

async function held<K extends keyof ArtifactKinds>(
  artifacts: Artifacts,
  kind: K,
  id: string | undefined,
): Promise<ArtifactKinds[K] | undefined> {
  if (id === undefined) return undefined;
  try {
    return await artifacts.get(kind, id);
  } catch (error) {
    if (error instanceof FinAgentError && error.code === "UNKNOWN_ARTIFACT") return undefined;
    throw error;
  }
}
