import { FinAgentError } from "../domain/errors.ts";
import { canonicalJson, contentHash } from "../domain/hash.ts";
import type { ArtifactKinds, Artifacts } from "../domain/ports.ts";

/** How many values are held at once; the least recently used goes first. */
const CAPACITY = 512;

const ID_LENGTH = 16;

/** Artifacts in the memory of this process, by content hash. */
export class HeldArtifacts implements Artifacts {
  readonly #held = new Map<string, unknown>();

  put<K extends keyof ArtifactKinds>(kind: K, value: ArtifactKinds[K]): Promise<string> {
    const id = artifactId(value);
    this.hold(kind, id, value);
    return Promise.resolve(id);
  }

  get<K extends keyof ArtifactKinds>(kind: K, id: string): Promise<ArtifactKinds[K]> {
    const value = this.peek(kind, id);
    return value === undefined ? Promise.reject(unknownArtifact(kind, id)) : Promise.resolve(value);
  }

  hold<K extends keyof ArtifactKinds>(kind: K, id: string, value: ArtifactKinds[K]): void {
    const key = `${kind}:${id}`;
    this.#held.delete(key);
    this.#held.set(key, value);
    if (this.#held.size > CAPACITY) {
      const [oldest] = this.#held.keys();
      if (oldest !== undefined) this.#held.delete(oldest);
    }
  }

  peek<K extends keyof ArtifactKinds>(kind: K, id: string): ArtifactKinds[K] | undefined {
    const value = this.#held.get(`${kind}:${id}`) as ArtifactKinds[K] | undefined;
    if (value !== undefined) this.hold(kind, id, value);
    return value;
  }
}

export function unknownArtifact(kind: keyof ArtifactKinds, id: string): FinAgentError {
  return new FinAgentError("UNKNOWN_ARTIFACT", `No ${kind} is held under the id "${id}".`, {
    hint: howToGet(kind),
    details: { kind, id },
  });
}

export function artifactId(value: ArtifactKinds[keyof ArtifactKinds]): string {
  return ownId(value) ?? contentHash([canonicalJson(value)]).slice(0, ID_LENGTH);
}

/** A data set is hashed where its columns are at hand, and its report shares that id; stages are named. */
function ownId(value: ArtifactKinds[keyof ArtifactKinds]): string | undefined {
  if ("id" in value) return value.id;
  return "historyRows" in value ? value.dataSetId : undefined;
}

function howToGet(kind: keyof ArtifactKinds): string {
  switch (kind) {
    case "data-set":
    case "data":
      return "Call fetch_market_data and use the dataSetId that it returns.";
    case "alpha":
      return "Call ask_alpha_agent and use the alphaId that it returns.";
    case "risk":
      return "Call ask_risk_agent and use the riskId that it returns.";
    case "portfolio":
      return "Call ask_portfolio_agent and use the portfolioId that it returns.";
    case "backtest":
      return "Call run_backtest and use the backtestId that it returns.";
    case "rolling-alpha":
    case "rolling-risk":
    case "rolling-decisions":
      return "Run the pipeline again.";
    case "evaluation":
    case "proposal":
    case "trial":
      return "Run the optimisation again.";
  }
}
