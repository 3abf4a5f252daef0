import type { Item } from "@langchain/langgraph-checkpoint";
import { z } from "zod";
import { FinAgentError } from "../../domain/errors.ts";

/** Where an item and its vectors lie within the partition of its namespace. */
export const ITEMS = "i/";
const VECTORS = "v/";

export const itemKey = (key: string): string => ITEMS + key;
export const vectorsKey = (key: string): string => VECTORS + key;

/** An item with what it was put under. */
export interface KeptItem extends Item {
  /** False: no search by a query finds it; a list: only these fields count. */
  readonly index?: false | string[];
}

const recordSchema = z.object({
  value: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
  updatedAt: z.number(),
  index: z.union([z.literal(false), z.array(z.string())]).optional(),
});

export function encodeItem({ value, createdAt, updatedAt, index, key }: KeptItem): Uint8Array {
  const text = JSON.stringify(
    {
      value,
      createdAt: createdAt.getTime(),
      updatedAt: updatedAt.getTime(),
      ...(index === undefined ? {} : { index }),
    },
    (name, inner: unknown) => {
      if (typeof inner !== "number" || Number.isFinite(inner)) return inner;
      throw new FinAgentError(
        "BAD_ARGUMENT",
        `The item ${JSON.stringify(key)} holds ${inner} under "${name}".`,
        {
          hint: "JSON has no such number: leave it out, or put null.",
          details: { key, field: name },
        },
      );
    },
  );
  return Buffer.from(text);
}

/** The item as it was put; null where the record is not whole. */
export function decodeItem(namespace: readonly string[], key: string, bytes: Uint8Array): KeptItem | null {
  const parsed = recordSchema.safeParse(parseJson(bytes));
  if (!parsed.success) return null;
  const { value, createdAt, updatedAt, index } = parsed.data;
  return {
    namespace: [...namespace],
    key,
    value,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    ...(index === undefined ? {} : { index }),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch {
    return undefined;
  }
}
