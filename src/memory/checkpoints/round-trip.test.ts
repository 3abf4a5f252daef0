import { isDeepStrictEqual } from "node:util";
import * as messages from "@langchain/core/messages";
import { type Checkpoint, DeltaSnapshot, emptyCheckpoint, uuid6 } from "@langchain/langgraph-checkpoint";
import { Send } from "@langchain/langgraph";
import * as fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { testHome } from "../../../tests/support/test-config.ts";
import { sqliteRecords } from "../records/sqlite-records.ts";
import { pack } from "./pack.ts";
import { RecordSaver } from "./record-saver.ts";
import { stateSerde } from "./state-serde.ts";

const records = sqliteRecords(`${testHome()}/round-trip.db`, { now: () => 0 });
const METADATA = { source: "loop", step: 0, parents: {} } as const;

afterAll(async () => records.close());

/** What comes back, by another saver, of values that were put into channels and written by a task. */
async function kept(values: Record<string, unknown>): Promise<unknown[]> {
  const saver = (): RecordSaver => new RecordSaver(() => Promise.resolve(records));
  const checkpoint: Checkpoint = { ...emptyCheckpoint(), channel_values: values };
  const changed = Object.fromEntries(Object.keys(values).map((name) => [name, 1]));
  const configurable = { thread_id: uuid6(0) };
  const config = await saver().put({ configurable }, checkpoint, METADATA, changed);
  await saver().putWrites(config, Object.entries(values), "task");
  const tuple = await saver().getTuple(config);
  const written = tuple?.pendingWrites?.map(([, name, value]) => [name, value] as const) ?? [];
  return [tuple?.checkpoint.channel_values, Object.fromEntries(written)];
}

const leaf = fc.oneof(
  { arbitrary: fc.string({ unit: "binary", maxLength: 60 }), weight: 4 },
  fc.constantFrom("$map", "x".repeat(1500), null, undefined, NaN, Infinity, -Infinity, -0, true),
  fc.double(),
  fc.bigInt(),
  fc.date(),
  fc.uint8Array({ maxLength: 40 }),
  fc.constantFrom(new Date(NaN), /a+b/gi, new Float64Array([1, NaN]), Buffer.from("é")),
);
const keys = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("$map", "$same", "__proto__", "l", "m", "constructor"),
);
const { value: nested } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(keys, tie("value"), { maxKeys: 5, noNullPrototype: true }),
    fc.array(tie("value"), { maxLength: 40 }),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.array(tie("value"), { maxLength: 4 }).map((all) => new Set(all)),
  ),
}));

it("gives nested values back as they went in", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom("a", "b", "messages"), nested, { noNullPrototype: true }),
      async (values) => {
        // Prototypes too; what vitest compares is the field `constructor`.
        for (const back of await kept(values)) expect(isDeepStrictEqual(back, values)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

/** Changes everything in a value that can be changed. */
function scribble(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Date) value.setTime(1);
  else if (value instanceof Map || value instanceof Set) {
    for (const [key, held] of value.entries()) for (const part of [key, held]) scribble(part);
    value.clear();
  } else if (ArrayBuffer.isView(value))
    new Uint8Array(value.buffer, value.byteOffset, value.byteLength).fill(7);
  else if (value instanceof messages.BaseMessage) {
    for (const part of [value.additional_kwargs, value.response_metadata]) scribble(part);
    value.content = "scribbled";
  } else if (!(value instanceof RegExp)) {
    for (const held of Object.values(value)) scribble(held);
    for (const key of Object.keys(value)) Reflect.set(value, key, "scribbled");
    if (Array.isArray(value)) value.push("scribbled");
    else Reflect.set(value, "more", 1);
  }
}

const said = fc
  .record({
    content: fc.string({ maxLength: 80 }),
    additional_kwargs: fc.dictionary(keys, nested, { maxKeys: 2 }),
  })
  .map((fields) => new messages.AIMessage({ ...fields, additional_kwargs: { ...fields.additional_kwargs } }));

it("keeps what is stored from whoever changes what was read, and stores the change where it is put", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(said, nested), { maxLength: 40 }), fc.nat(), async (list, at) => {
      const saver = new RecordSaver(() => Promise.resolve(records));
      const configurable = { thread_id: uuid6(0) };
      const put = async (held: unknown[], parent?: Checkpoint): Promise<Checkpoint> => {
        const checkpoint = { ...emptyCheckpoint(), id: uuid6(0), channel_values: { list: held } };
        const config = { configurable: { ...configurable, checkpoint_id: parent?.id } };
        await saver.put(config, checkpoint, METADATA, { list: 1 });
        return checkpoint;
      };
      const read = async (from = saver): Promise<unknown[]> =>
        (await from.getTuple({ configurable }))?.checkpoint.channel_values["list"] as unknown[];
      const first = await put(list);
      const expected = JSON.stringify(pack(await read()));
      scribble(await read());
      const again = await read();
      expect(JSON.stringify(pack(again))).toBe(expected);
      scribble(again[at % Math.max(1, again.length)]);
      await put(again, first);
      for (const from of [saver, new RecordSaver(() => Promise.resolve(records))]) {
        expect(JSON.stringify(pack(await read(from)))).toBe(JSON.stringify(pack(again)));
      }
    }),
    { numRuns: 80 },
  );
});

const usage = {
  input_tokens: 3,
  output_tokens: 4,
  total_tokens: 7,
  input_token_details: { cache_read: 1 },
};
const call: messages.ToolCall = {
  name: "ask",
  args: { symbols: ["A"], deep: { n: 1 } },
  id: "c1",
  type: "tool_call",
};
const parts = [
  { type: "text", text: "look" },
  { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
] as const;
const common = {
  id: "m1",
  name: "n",
  additional_kwargs: { a: { b: [1] } },
  response_metadata: { model_name: "x" },
};
/** The type of the fields knows no usage; the class does. */
const ai = Object.assign<{ content: string; tool_calls: messages.ToolCall[] } & typeof common, object>(
  { ...common, content: "said", tool_calls: [call] },
  { usage_metadata: usage },
);

const ONE_OF_EACH: messages.BaseMessage[] = [
  new messages.AIMessage(ai),
  new messages.AIMessage("bare"),
  new messages.AIMessage({ content: [...parts], invalid_tool_calls: [{ name: "f", args: "{", error: "e" }] }),
  new messages.AIMessageChunk({
    ...ai,
    tool_call_chunks: [{ name: "f", args: '{"a":', id: "c", index: 0, type: "tool_call_chunk" }],
  }),
  new messages.ChatMessage({ ...common, content: "c", role: "narrator" }),
  new messages.ChatMessageChunk({ content: "c", role: "narrator" }),
  new messages.FunctionMessage({ content: "f", name: "n" }),
  new messages.FunctionMessageChunk({ content: "f", name: "n" }),
  new messages.HumanMessage({ ...common, content: [...parts] }),
  new messages.HumanMessageChunk("h"),
  new messages.RemoveMessage({ id: "gone" }),
  new messages.SystemMessage({ ...common, content: "s".repeat(3000) }),
  new messages.SystemMessageChunk("s"),
  new messages.ToolMessage({
    ...common,
    content: "t",
    tool_call_id: "c1",
    status: "error",
    artifact: { rows: new Map([[1, NaN]]) },
  }),
  new messages.ToolMessageChunk({ content: "t", tool_call_id: "c1" }),
];

it.each(ONE_OF_EACH.map((message) => ({ name: message.constructor.name, message })))(
  "gives a $name back",
  async ({ message }) => {
    for (const back of await kept({
      one: message,
      many: [message, message],
      deep: { in: new Map([["k", message]]) },
    })) {
      expect(back).toStrictEqual({
        one: message,
        many: [message, message],
        deep: { in: new Map([["k", message]]) },
      });
    }
  },
);

it("keeps what was changed in a message after it was made", async () => {
  const message = new messages.AIMessage(ai);
  message.content = "otherwise";
  message.additional_kwargs["late"] = new Date(5);
  message.tool_calls?.pop();
  Reflect.set(message, "extra", 1);
  const [back] = await kept({ message });
  expect(back).toMatchObject({ message: { content: "otherwise", tool_calls: [], extra: 1 } });
  expect(Reflect.get(back as object, "message")).toHaveProperty("additional_kwargs.late", new Date(5));
});

it("gives back errors, what was sent to a node, snapshots, and what contains itself", async () => {
  const error = Object.assign(new TypeError("no", { cause: new Error("why") }), { code: 7 });
  const [back] = (await kept({
    error,
    sent: [new Send("tools", { messages: ONE_OF_EACH })],
    delta: new DeltaSnapshot([1n]),
  })) as [Record<string, unknown>];
  expect(back["error"]).toMatchObject({
    name: "TypeError",
    message: "no",
    cause: { message: "why" },
    code: 7,
  });
  expect(back["sent"]).toStrictEqual([{ node: "tools", args: { messages: ONE_OF_EACH } }]);
  expect(back["delta"]).toEqual(new DeltaSnapshot([1n]));
  const circle: Record<string, unknown> = { name: "x", list: [1] };
  circle["self"] = circle;
  const again = (await stateSerde.loadsTyped(...(await stateSerde.dumpsTyped(circle)))) as Record<
    string,
    unknown
  >;
  expect(again["self"]).toBe(again);
});
