import { toolStrategy } from "langchain";
import type { z } from "zod";
import { modelSchema } from "./model-schema.ts";

/** LangChain's loop knows structured answers by this prefix; it would number them through the process. */
const NAME = "extract-report";

/**
 * The form of a specialist's structured answer: a tool that takes the claim. LangChain does not check the answer
 * against a definition of this kind, so that what is wrong with it is said once, in our words, and by field.
 */
export function reportForm(claim: z.ZodType): ReturnType<typeof toolStrategy> {
  const definition = {
    name: NAME,
    description: "Hands in your report, which ends your work.",
    parameters: modelSchema(claim),
  };
  return toolStrategy([definition] as unknown as Parameters<typeof toolStrategy>[0], {
    toolMessageContent: "The report is handed in.",
  });
}
