import type { IndexConfig } from "@langchain/langgraph-checkpoint";
import { FinAgentError } from "../../domain/errors.ts";

/** The first four bytes say how long each vector is. */
const HEAD = 4;

/** Vectors one behind the other as 32-bit floats (of this machine's byte order, which is little-endian). */
export function encodeVectors(vectors: readonly (readonly number[])[], { dims }: IndexConfig): Uint8Array {
  const bytes = new Uint8Array(HEAD + vectors.length * dims * Float32Array.BYTES_PER_ELEMENT);
  new Uint32Array(bytes.buffer, 0, 1)[0] = dims;
  for (const [at, vector] of vectors.entries()) {
    new Float32Array(bytes.buffer, HEAD + at * dims * Float32Array.BYTES_PER_ELEMENT, dims).set(vector);
  }
  return bytes;
}

/** @throws FinAgentError BAD_CONFIG where they were made by a model whose vectors are of another length */
export function decodeVectors(bytes: Uint8Array, { dims }: IndexConfig): Float32Array[] {
  // A copy lies where floats may lie; a Buffer's own slice would be none.
  const { buffer } = new Uint8Array(bytes);
  const held = buffer.byteLength < HEAD ? 0 : (new Uint32Array(buffer, 0, 1)[0] ?? 0);
  const size = dims * Float32Array.BYTES_PER_ELEMENT;
  if (held !== dims || (buffer.byteLength - HEAD) % size !== 0) {
    throw new FinAgentError(
      "BAD_CONFIG",
      `The memory holds vectors of ${held} numbers, and the index is for ${dims}.`,
      { hint: "Use the embeddings model that they were made with, or put the items again." },
    );
  }
  return Array.from(
    { length: (buffer.byteLength - HEAD) / size },
    (_, at) => new Float32Array(buffer, HEAD + at * size, dims),
  );
}

/** @throws FinAgentError BAD_CONFIG where the model gives another number of vectors, or of another length */
export function checkVectors(vectors: readonly (readonly number[])[], wanted: number, dims: number): void {
  const odd = vectors.find((vector) => vector.length !== dims || !vector.every(Number.isFinite));
  if (vectors.length === wanted && odd === undefined) return;
  const found =
    odd === undefined
      ? `${vectors.length} vectors for ${wanted} texts`
      : odd.length === dims
        ? "a vector that holds no finite number"
        : `vectors of ${odd.length} numbers, and the index is for ${dims}`;
  throw new FinAgentError("BAD_CONFIG", `The embeddings model gives ${found}.`, {
    hint: "Look at the model, and whether the index's dims is the length of its vectors.",
  });
}

/** In [-1, 1]; 0 where a vector is zero. */
export function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (let i = 0; i < one.length; i++) {
    const a = one[i] ?? NaN;
    const b = other[i] ?? NaN;
    product += a * b;
    square += a * a;
    otherSquare += b * b;
  }
  return square > 0 && otherSquare > 0 ? product / Math.sqrt(square * otherSquare) : 0;
}
