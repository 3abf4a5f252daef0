import * as messages from "@langchain/core/messages";

type Fields = Readonly<Record<string, unknown>>;

const CLASS_NAMES = [
  "AIMessage",
  "AIMessageChunk",
  "ChatMessage",
  "ChatMessageChunk",
  "FunctionMessage",
  "FunctionMessageChunk",
  "HumanMessage",
  "HumanMessageChunk",
  "RemoveMessage",
  "SystemMessage",
  "SystemMessageChunk",
  "ToolMessage",
  "ToolMessageChunk",
] as const satisfies readonly (keyof typeof messages)[];

const CLASSES = new Map<string, unknown>(CLASS_NAMES.map((name) => [name, Reflect.get(messages, name)]));
const NAMES = new Map(Array.from(CLASSES, ([name, made]) => [made, name]));

/** Under which name a message's own class is known here; a class derived from one is not. */
export function messageClassOf(value: object): string | undefined {
  return NAMES.get(value.constructor);
}

/** What a message is made from: the arguments of its constructor as they stand now, and what was set later. */
export function fieldsOf(message: object): { readonly given: Fields; readonly set: Fields } {
  const given: Record<string, unknown> = {};
  const set: Record<string, unknown> = {};
  const first: unknown = Reflect.get(message, "lc_kwargs");
  const kwargs = typeof first === "object" && first !== null ? first : {};
  for (const [name, value] of Object.entries(kwargs)) {
    given[name] = name in message ? (Reflect.get(message, name) as unknown) : (value as unknown);
  }
  for (const [name, value] of Object.entries(message)) {
    const derived = name === "type" || name.startsWith("lc_") || name in given;
    if (!derived && value !== undefined) set[name] = value;
  }
  return { given, set };
}

/** The inverse of `fieldsOf`. */
export function makeMessage(name: string, given: Fields, set: Fields): object {
  const made = CLASSES.get(name);
  if (typeof made !== "function") throw new TypeError(`There is no class of messages named ${name}.`);
  const message = Reflect.construct(made, [given]) as object;
  return Object.assign(message, set);
}
