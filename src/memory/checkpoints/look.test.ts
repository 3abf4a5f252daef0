import { AIMessage } from "@langchain/core/messages";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { lookOf, looksLike } from "./look.ts";
import { pack } from "./pack.ts";
import { unpackWith } from "./unpack.ts";

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    -0,
    NaN,
    1,
    "",
    "a",
    "b",
    null,
    undefined,
    true,
    new Date(5),
    new Map([[1, 2]]),
  ),
  fc.nat({ max: 3 }),
);
const { value: nested } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    fc
      .dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2, noNullPrototype: true })
      .map((additional_kwargs) => new AIMessage({ content: "said", additional_kwargs })),
  ),
}));
/** As it is stored. */
const packed = (value: unknown): string => JSON.stringify(pack(value));

it("takes values for the same only where the same is stored of them", () => {
  let alike = 0;
  fc.assert(
    fc.property(nested, nested, fc.boolean(), (one, other, copied) => {
      const value = copied ? unpackWith(JSON.parse(packed(one)), []) : other;
      if (!looksLike(value, lookOf(one))) return;
      alike += 1;
      expect(packed(value)).toBe(packed(one));
    }),
    { numRuns: 2000 },
  );
  expect(alike).toBeGreaterThan(200);
});

it("sees every change within a message, a list or an object", () => {
  const make = (): AIMessage =>
    new AIMessage({ content: "said", tool_calls: [{ name: "f", args: { n: { k: 0 }, z: 0 }, id: "c" }] });
  const look = lookOf(make());
  expect(looksLike(make(), look)).toBe(true);
  const call = (message: AIMessage): object => message.tool_calls?.[0] ?? {};
  const changes: ((message: AIMessage) => unknown)[] = [
    (message) => (message.content = "otherwise"),
    (message) => (message.additional_kwargs["late"] = 1),
    (message) => Reflect.deleteProperty(call(message), "id"),
    (message) => Reflect.set(Reflect.get(call(message), "args") as object, "z", -0),
    (message) => message.tool_calls?.pop(),
    (message) => Reflect.set(message, "own", 1),
    (message) => Reflect.setPrototypeOf(message, Object.prototype),
  ];
  for (const change of changes) {
    const message = make();
    change(message);
    expect(looksLike(message, look)).toBe(false);
  }
});
