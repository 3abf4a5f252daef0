import { openRecords, type RecordsPlace } from "../../src/memory/records/open-records.ts";
import type { Partition } from "../../src/memory/records/record-store.ts";

/** A process that counts up in a record, together with others. It ends of itself, without closing the store. */
const { place, at, times } = JSON.parse(process.argv[2] ?? "") as {
  place: RecordsPlace;
  at: Partition;
  times: number;
};
const store = await openRecords({ ...place, clock: { now: Date.now } });
for (let done = 0; done < times;) {
  const [value = null] = await store.get(at, ["count"]);
  const next = Buffer.from(String(Number(value === null ? 0 : Buffer.from(value).toString()) + 1));
  const counted = await store.write(at, {
    put: [{ key: "count", value: next }],
    expect: [{ key: "count", value }],
  });
  if (counted) done++;
}
