import { modelName } from "../models/model-name.ts";
import type { Mind } from "./consult.ts";

/** The model of a mind as the configuration would name it; `offline` where rules decide. */
export function mindName(mind: Mind): string {
  return mind.kind === "llm" ? modelName(mind.model) : "offline";
}
