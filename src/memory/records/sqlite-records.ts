import { statSync } from "node:fs";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../domain/ports.ts";
import { boundsOf } from "./key-bounds.ts";
import { checkBatch, checkKeys, checkKind, checkPartition } from "./check-names.ts";
import type { Batch, KeyRange, Partition, RecordEntry, RecordStore } from "./record-store.ts";
import { asStoreError, closed, goneFile, isBusy } from "./sqlite-faults.ts";
import { openSqliteFile } from "./sqlite-file.ts";

/** How long an operation waits for other processes that write. */
const BUSY_MS = 15_000;

/** How many records of an expired partition a write takes along. */
const SWEPT_PER_WRITE = 64;

type Row = Record<string, unknown>;

/** Records in one SQLite file, which several processes may share. */
export function sqliteRecords(file: string, clock: Clock, busyMs: number = BUSY_MS): RecordStore {
  return new SqliteRecords(file, clock, busyMs);
}

class SqliteRecords implements RecordStore {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #busyMs: number;
  readonly #database: DatabaseSync;
  /** The file that was opened, whatever stands under its name later. */
  readonly #inode: number;
  readonly #prepared = new Map<string, StatementSync>();
  /** Writes go in the order in which they were asked for, also where one has to wait. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  constructor(file: string, clock: Clock, busyMs: number) {
    this.#file = file;
    this.#clock = clock;
    this.#busyMs = busyMs;
    this.#database = openSqliteFile(file);
    this.#inode = statSync(file).ino;
  }

  get(partition: Partition, keys: readonly string[]): Promise<(Uint8Array | null)[]> {
    return this.#patiently(() => {
      checkKeys(keys);
      // Values of one batch of another process come together or not at all.
      return this.#atomically("BEGIN", () => {
        const number = this.#live(partition);
        return keys.map((key) => (number === undefined ? null : this.#value(number, key)));
      });
    });
  }

  range(partition: Partition, range: KeyRange): Promise<RecordEntry[]> {
    return this.#patiently(() => this.#select(partition, range, "key, value").flatMap(entryOf));
  }

  keys(partition: Partition, range: KeyRange): Promise<string[]> {
    return this.#patiently(() => this.#select(partition, range, "key").map(({ key }) => String(key)));
  }

  write(partition: Partition, batch: Batch): Promise<boolean> {
    return this.#inTurn(() => {
      checkBatch(batch);
      return this.#committed(() => {
        const written = this.#apply(partition, batch);
        this.#sweep();
        return written;
      });
    });
  }

  drop(partition: Partition): Promise<void> {
    return this.#inTurn(() => {
      checkPartition(partition);
      this.#committed(() => this.#forget(partition));
      // What was deleted is to be gone from the log too; where others are at work it goes later.
      this.#statement("PRAGMA wal_checkpoint(TRUNCATE)").all();
    });
  }

  partitions(
    kind: string,
    range: Pick<KeyRange, "prefix" | "after" | "reverse" | "limit"> = { prefix: "" },
  ): Promise<string[]> {
    return this.#patiently(() => {
      checkKind(kind);
      const chosen = between("id", range);
      if (chosen === null) return [];
      return this.#statement(
        `SELECT id FROM partitions WHERE kind = ? AND (expires_at IS NULL OR expires_at > ?) ${chosen.sql}`,
      )
        .all(kind, this.#clock.now(), ...chosen.values)
        .map(({ id }) => String(id));
    });
  }

  close(): Promise<void> {
    return this.#database.isOpen ? this.#inTurn(() => this.#database.close()) : Promise.resolve();
  }

  #apply(partition: Partition, batch: Batch): boolean {
    const { expect = [], put = [], delete: gone = [], expireAfterMs }: Batch = batch;
    let number = this.#live(partition);
    const held = (key: string): Uint8Array | null => (number === undefined ? null : this.#value(number, key));
    if (!expect.every(({ key, value }) => same(held(key), value))) return false;
    if (number === undefined && put.length > 0) {
      this.#forget(partition);
      number = Number(
        this.#run("INSERT INTO partitions (kind, id) VALUES (?, ?)", partition.kind, partition.id),
      );
    }
    if (number === undefined) return true;
    for (const key of gone) this.#run("DELETE FROM records WHERE partition = ? AND key = ?", number, key);
    for (const { key, value } of put) {
      this.#run("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", number, key, value);
    }
    if (expireAfterMs !== undefined) {
      const expiry = expireAfterMs === null ? null : Math.ceil(this.#clock.now() + expireAfterMs);
      this.#run("UPDATE partitions SET expires_at = ? WHERE number = ?", expiry, number);
    }
    if (gone.length > 0 && put.length === 0) this.#forgetEmpty(number);
    return true;
  }

  /** Its number, where it is there and has not expired. */
  #live(partition: Partition): number | undefined {
    checkPartition(partition);
    const { kind, id } = partition;
    const row = this.#statement("SELECT number, expires_at FROM partitions WHERE kind = ? AND id = ?").get(
      kind,
      id,
    );
    if (row === undefined) return undefined;
    const expiry = row["expires_at"];
    return expiry === null || Number(expiry) > this.#clock.now() ? Number(row["number"]) : undefined;
  }

  #value(number: number, key: string): Uint8Array | null {
    const row = this.#statement("SELECT value FROM records WHERE partition = ? AND key = ?").get(number, key);
    const value = row?.["value"];
    return value instanceof Uint8Array ? value : null;
  }

  #select(partition: Partition, range: KeyRange, columns: string): Row[] {
    const chosen = between("key", range);
    const number = chosen === null ? undefined : this.#live(partition);
    if (chosen === null || number === undefined) return [];
    return this.#statement(`SELECT ${columns} FROM records WHERE partition = ? ${chosen.sql}`).all(
      number,
      ...chosen.values,
    );
  }

  #forget({ kind, id }: Partition): void {
    const row = this.#statement("SELECT number FROM partitions WHERE kind = ? AND id = ?").get(kind, id);
    if (row === undefined) return;
    this.#run("DELETE FROM records WHERE partition = ?", Number(row["number"]));
    this.#run("DELETE FROM partitions WHERE number = ?", Number(row["number"]));
  }

  #forgetEmpty(number: number): void {
    this.#run(
      "DELETE FROM partitions WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM records WHERE partition = ?1)",
      number,
    );
  }

  /** Takes away a little of what has expired, so that no write has to pay for all of it. */
  #sweep(): void {
    const row = this.#statement(
      "SELECT number FROM partitions WHERE expires_at <= ? ORDER BY expires_at LIMIT 1",
    ).get(this.#clock.now());
    if (row === undefined) return;
    const number = Number(row["number"]);
    this.#run(
      "DELETE FROM records WHERE partition = ?1 AND key IN (SELECT key FROM records WHERE partition = ?1 LIMIT ?2)",
      number,
      SWEPT_PER_WRITE,
    );
    this.#forgetEmpty(number);
  }

  #atomically<T>(begin: "BEGIN" | "BEGIN IMMEDIATE", work: () => T): T {
    this.#run(begin);
    try {
      const result = work();
      this.#run("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#run("ROLLBACK");
      throw error;
    }
  }

  #committed<T>(work: () => T): T {
    const result = this.#atomically("BEGIN IMMEDIATE", work);
    // A file that was deleted can be written as long as the process lasts, and is gone then.
    if (statSync(this.#file, { throwIfNoEntry: false })?.ino !== this.#inode) throw goneFile(this.#file);
    return result;
  }

  #statement(sql: string): StatementSync {
    let one = this.#prepared.get(sql);
    if (one === undefined) this.#prepared.set(sql, (one = this.#database.prepare(sql)));
    return one;
  }

  /** The number of the row that was added, if one was. */
  #run(sql: string, ...values: SQLInputValue[]): number | bigint {
    return this.#statement(sql).run(...values).lastInsertRowid;
  }

  #inTurn<T>(work: () => T): Promise<T> {
    const turn = this.#lastWrite.then(() => this.#patiently(work));
    this.#lastWrite = turn.catch(() => undefined);
    return turn;
  }

  /** Between two attempts the process goes on with other things. */
  async #patiently<T>(work: () => T): Promise<T> {
    const end = performance.now() + this.#busyMs;
    for (;;) {
      if (!this.#database.isOpen) throw closed(this.#file);
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || performance.now() > end) throw asStoreError(error, this.#file);
        await sleep(5 + 20 * Math.random());
      }
    }
  }
}

/** The ends, the order and the limit of a range over a column, in SQL. */
function between(column: "key" | "id", range: KeyRange): { sql: string; values: SQLInputValue[] } | null {
  const bounds = boundsOf(range);
  if (bounds === null) return null;
  const { low, lowIncluded, high } = bounds;
  const from = `AND ${column} ${lowIncluded ? ">=" : ">"} ?`;
  const to = high === null ? "" : `AND ${column} < ?`;
  return {
    sql: `${from} ${to} ORDER BY ${column} ${range.reverse === true ? "DESC" : "ASC"} LIMIT ?`,
    values: [low, ...(high === null ? [] : [high]), range.limit ?? -1],
  };
}

function entryOf({ key, value }: Row): RecordEntry[] {
  return value instanceof Uint8Array ? [{ key: String(key), value }] : [];
}

function same(held: Uint8Array | null, wanted: Uint8Array | null): boolean {
  if (held === null || wanted === null) return held === wanted;
  return Buffer.compare(held, wanted) === 0;
}
