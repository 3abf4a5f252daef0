import type { RecordStore } from "../../../src/memory/records/record-store.ts";

/** A content's name, where one record names another. */
const NAME = /"([\w-]{22})"/g;

/**
 * What a thread holds that belongs to nothing, by the text of its records alone: contents that no record names from the
 * checkpoints and writes on, and writes of checkpoints that are not there.
 */
export async function orphansOf(
  store: RecordStore,
  thread: string,
): Promise<{ readonly contents: string[]; readonly writes: string[] }> {
  const records = await store.range({ kind: "thread", id: thread }, { prefix: "" });
  const texts = new Map(records.map(({ key, value }) => [key, Buffer.from(value).toString()]));
  const keys = Array.from(texts.keys());
  const needed = new Set(keys.filter((key) => !key.startsWith("o/")));
  for (const key of needed) {
    for (const [, name = ""] of (texts.get(key) ?? "").matchAll(NAME)) {
      if (texts.has(`o/${name}`)) needed.add(`o/${name}`);
    }
  }
  // w/NAMESPACE/ID/TASK/INDEX
  const written = new Set(keys.filter((key) => key.startsWith("w/")).map((key) => key.split("/")[2] ?? ""));
  return {
    contents: keys.filter((key) => !needed.has(key)),
    writes: Array.from(written).filter((id) => !texts.has(`c//${id}`)),
  };
}
