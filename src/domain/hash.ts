import { createHash } from "node:crypto";

/** JSON with object keys in sorted order: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** SHA-256 over text and columns in the given order, as 64 hex digits. */
export function contentHash(parts: Iterable<string | Float64Array>): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    hash.update(
      typeof part === "string" ? part : new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
    );
    hash.update("\u0000");
  }
  return hash.digest("hex");
}
