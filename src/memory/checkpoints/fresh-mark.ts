import { randomUUID } from "node:crypto";

/** Bytes that were never there before; Node draws them in advance, of which a write would otherwise spend a third of its time. */
export function freshMark(): Uint8Array {
  return Buffer.from(randomUUID().replaceAll("-", ""), "hex");
}
