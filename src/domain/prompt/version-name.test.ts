import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { versionName } from "./version-name.ts";

const base = { version: "3", instructions: "Decide.", policy: { a: 1, b: [2] } };

/** Each part, then a zero byte, by Node's own hash. */
function sha8(...parts: string[]): string {
  return createHash("sha256")
    .update(parts.map((part) => `${part}\0`).join(""))
    .digest("hex")
    .slice(0, 8);
}

it("is the base's where nothing differs, whatever the order of fields and the space around the text", () => {
  expect(versionName(base, { instructions: "\nDecide. ", policy: { b: [2], a: 1 } })).toBe("3");
});

it("has the hash of what differs: the policy in sorted JSON, then the text", () => {
  const [policy, instructions] = [{ b: [2], a: 5 }, "Decide well."];
  expect(versionName(base, { ...base, policy })).toBe(`3+${sha8('{"a":5,"b":[2]}')}`);
  expect(versionName(base, { ...base, instructions })).toBe(`3+${sha8("Decide well.")}`);
  expect(versionName(base, { instructions, policy })).toBe(`3+${sha8('{"a":5,"b":[2]}', "Decide well.")}`);
});
