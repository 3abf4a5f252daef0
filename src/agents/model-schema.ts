import type { JSONSchema } from "@langchain/core/utils/json_schema";
import { z } from "zod";
import { parseInput } from "../tools/tool.ts";

const REFUSED = ["propertyNames", "format", "pattern", "exclusiveMinimum", "exclusiveMaximum"];

/** Integers beyond this are no bound that anybody meant. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/**
 * The JSON schema of an object as a model is shown it: fields that have a default may be left out, and only
 * keywords stand in it that OpenAI-compatible endpoints take. vLLM refuses a request for `propertyNames` and for
 * formats where a tool must be called (v1/structured_output/backend_xgrammar.py), Gemini's endpoints for
 * `$schema`, `propertyNames` and exclusive bounds. What is dropped here is checked when the input is parsed.
 */
export function modelSchema(schema: z.ZodType): JSONSchema {
  const { $schema: _draft, ...shown } = z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema }) => simplify(jsonSchema),
  });
  return shown;
}

function simplify(schema: z.core.JSONSchema.BaseSchema): void {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  if (typeof above === "number") schema.minimum ??= above;
  if (typeof below === "number") schema.maximum ??= below;
  for (const keyword of REFUSED) delete schema[keyword];
  if (schema.minimum === -UNBOUNDED) delete schema.minimum;
  if (schema.maximum === UNBOUNDED) delete schema.maximum;
}

/**
 * The schema for a LangChain tool. It is a Standard JSON Schema (standardschema.dev), which LangChain shows to the
 * model and does not check arguments against: the tool itself parses them and says which field is wrong.
 */
export function toolSchema(schema: z.ZodType): JSONSchema {
  const shown = modelSchema(schema);
  return {
    "~standard": {
      version: 1,
      vendor: "finagent",
      jsonSchema: { input: () => shown, output: () => shown },
    },
  } as unknown as JSONSchema;
}

/**
 * The arguments of a model's call. A field that is not there is an error: passed over, what the model meant by it
 * would be missing without a word.
 * @throws FinAgentError BAD_ARGUMENT that names the field
 */
export function parseArguments<I extends z.ZodType>(schema: I, args: unknown): z.output<I> {
  if (schema instanceof z.ZodObject) parseInput(schema.strict(), args);
  return parseInput(schema, args);
}
