import { FinAgentError } from "../../src/domain/errors.ts";
import { sqliteRecords } from "../../src/memory/records/sqlite-records.ts";

/** A process that writes records of 20 kB until it is refused, and says how many were answered and with what it ended. */
const store = sqliteRecords(process.argv[2] ?? "", { now: Date.now });
let answered = 0;
try {
  for (; answered < 1000; answered++) {
    const value = Buffer.alloc(20_000, answered % 256);
    const put = ["a", "b"].map((half) => ({ key: `${half}${answered}`, value }));
    await store.write({ kind: "run", id: "r" }, { put });
  }
} catch (error) {
  const code = error instanceof FinAgentError ? error.code : String(error);
  // What was written before can still be read.
  const readable = (await store.keys({ kind: "run", id: "r" }, { prefix: "" })).length;
  process.stdout.write(JSON.stringify({ code, answered, readable }));
}
