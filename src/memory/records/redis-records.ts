import { checkBatch, checkKeys, checkKind, checkPartition } from "./check-names.ts";
import { boundsOf } from "./key-bounds.ts";
import type { Batch, KeyRange, Partition, RecordEntry, RecordStore } from "./record-store.ts";
import { openRedis } from "./redis-open.ts";
import { RedisLink, REDIS_TIMES, type RedisTimes } from "./redis-link.ts";
import { redisPlace } from "./redis-place.ts";
import { RANGE, REGISTER, STRIKE_OFF, WRITE } from "./redis-scripts.ts";

/** How many ids are listed at once. */
const PAGE = 1000;

/** How many listed ids are looked at, with every partition that is new, whether they are still there. */
const LOOKED_AT = 3;

/** An id is struck off the list where it was found without a partition twice, with this between. */
const SUSPECT_MS = 10 * 60_000;

/** How many partitions are remembered as listed. */
const MOST_LISTED = 10_000;

export interface RedisOptions {
  /** `redis[s]://[USER:PASSWORD@]HOST[:PORT][/DATABASE]` */
  readonly url: string;
  /** All our keys begin with it. */
  readonly prefix: string;
  readonly times?: RedisTimes;
  readonly suspectMs?: number;
}

/**
 * Records in a Redis. A partition is a hash with its values and a sorted set with its keys in order, in one slot of a cluster,
 * expiring at the same instant. The ids of a kind lie in a sorted set of their own, listed before the partition is written:
 * one that is there is always listed, one that is listed need not be there.
 * @throws FinAgentError STORE_… where the server cannot be reached, written or used
 */
export async function redisRecords(options: RedisOptions): Promise<RecordStore> {
  const link = new RedisLink(redisPlace(options.url), options.times ?? REDIS_TIMES);
  try {
    await openRedis(link, options);
  } catch (error) {
    await link.close();
    throw error;
  }
  return new RedisRecords(link, options.prefix, options.suspectMs ?? SUSPECT_MS);
}

class RedisRecords implements RecordStore {
  readonly #link: RedisLink;
  readonly #prefix: string;
  readonly #suspectMs: number;
  /** Partitions that this process has listed or found there: a guess, which saves a round trip where it is right. */
  readonly #listed = new Set<string>();

  constructor(link: RedisLink, prefix: string, suspectMs: number) {
    this.#link = link;
    this.#prefix = prefix;
    this.#suspectMs = suspectMs;
  }

  async get(partition: Partition, keys: readonly string[]): Promise<(Uint8Array | null)[]> {
    const [values] = this.#keysOf(partition);
    checkKeys(keys);
    if (keys.length === 0) return [];
    return list(await this.#link.command(["HMGET", values, ...keys], true)).map(bytesOrNull);
  }

  async range(partition: Partition, range: KeyRange): Promise<RecordEntry[]> {
    const ends = endsOf(range);
    const places = this.#keysOf(partition);
    if (ends === null) return [];
    const found = list(await this.#link.script(RANGE, places, ends));
    const entries: RecordEntry[] = [];
    for (let i = 0; i + 1 < found.length; i += 2) {
      entries.push({ key: text(found[i]), value: bytes(found[i + 1]) });
    }
    return entries;
  }

  async keys(partition: Partition, range: KeyRange): Promise<string[]> {
    const ends = endsOf(range);
    const [, names] = this.#keysOf(partition);
    return ends === null ? [] : this.#names(names, ends);
  }

  async write(partition: Partition, batch: Batch): Promise<boolean> {
    const places = this.#keysOf(partition);
    checkBatch(batch);
    const args = argumentsOf(batch);
    const puts = (batch.put ?? []).length > 0;
    if (!puts || this.#listed.has(places[0])) {
      const answer = await this.#link.script(WRITE, places, ["0", ...args]);
      if (answer !== NOT_LISTED) return answer === WRITTEN;
    }
    return this.#writeListed(partition, places, args);
  }

  async drop(partition: Partition): Promise<void> {
    const places = this.#keysOf(partition);
    this.#listed.delete(places[0]);
    await this.#link.command(["UNLINK", ...places], false);
  }

  async partitions(
    kind: string,
    range: Pick<KeyRange, "prefix" | "after" | "reverse" | "limit"> = { prefix: "" },
  ): Promise<string[]> {
    checkKind(kind);
    const limit = range.limit ?? Infinity;
    const found: string[] = [];
    let rest: KeyRange = range;
    for (;;) {
      const ends = endsOf({ ...rest, limit: Math.min(PAGE, Math.max(0, limit - found.length)) });
      const ids = ends === null ? [] : await this.#names(this.#idsOf(kind), ends);
      const last = ids.at(-1);
      if (last === undefined) return found;
      for (const id of await this.#alive(kind, ids)) found.push(id);
      rest = { ...range, after: last };
    }
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  /** Lists the partition and writes it, in this order and in one round trip. */
  async #writeListed(partition: Partition, places: readonly string[], args: Argument[]): Promise<boolean> {
    const ids = this.#idsOf(partition.kind);
    const listing = this.#link.scriptFirst(REGISTER, [ids, suspects(ids)], [partition.id, String(LOOKED_AT)]);
    const writing = this.#link.script(WRITE, places, ["1", ...args]);
    // Both have ended when either's failure is told.
    const [listed, written] = await Promise.allSettled([listing, writing]);
    if (listed.status === "rejected") throw listed.reason;
    if (written.status === "rejected") throw written.reason;
    if (this.#listed.size >= MOST_LISTED) this.#listed.clear();
    this.#listed.add(places[0] ?? "");
    void this.#alive(partition.kind, list(listed.value).map(text)).catch(() => undefined);
    return written.value === WRITTEN;
  }

  /** Those of the ids whose partition is there; the others are on their way off the list. */
  async #alive(kind: string, ids: readonly string[]): Promise<string[]> {
    const there = await Promise.all(
      ids.map((id) => this.#link.command(["EXISTS", this.#keysOf({ kind, id })[0]], true)),
    );
    const dead = ids.filter((_, i) => there[i] !== 1);
    if (dead.length > 0) {
      const index = this.#idsOf(kind);
      // Mere tidying: where it fails, the next look does it.
      void this.#link
        .script(STRIKE_OFF, [index, suspects(index)], [String(this.#suspectMs), ...dead])
        .catch(() => undefined);
    }
    return ids.filter((_, i) => there[i] === 1);
  }

  async #names(place: string, [low, high, order, limit]: Ends): Promise<string[]> {
    const reverse = order === "" ? [] : [order];
    const command = ["ZRANGE", place, low, high, "BYLEX", ...reverse, "LIMIT", "0", limit];
    return list(await this.#link.command(command, true)).map(text);
  }

  /** Its values and its keys. The braces hold what a cluster places keys by. */
  #keysOf(partition: Partition): [string, string] {
    checkPartition(partition);
    const name = `${this.#prefix}:{${partition.kind}:${partition.id}}`;
    return [`${name}:values`, `${name}:keys`];
  }

  #idsOf(kind: string): string {
    return `${this.#prefix}:{ids:${kind}}`;
  }
}

type Argument = string | Buffer;

/** Ends of a range as ZRANGE takes them, `REV` or nothing, and the limit. */
type Ends = readonly [string, string, "" | "REV", string];

const WRITTEN = 1;
const NOT_LISTED = -1;

function suspects(ids: string): string {
  return `${ids}:suspects`;
}

function argumentsOf({ put = [], delete: gone = [], expect = [], expireAfterMs }: Batch): Argument[] {
  const expiry =
    expireAfterMs === undefined
      ? ""
      : expireAfterMs === null
        ? "-"
        : String(Math.max(0, Math.ceil(expireAfterMs)));
  const args: Argument[] = [expiry, String(expect.length), String(put.length)];
  for (const { key, value } of expect)
    args.push(key, value === null ? "-" : "=", value === null ? "" : buffer(value));
  for (const { key, value } of put) args.push(key, buffer(value));
  if (gone.length > 0) {
    const stay = new Set(put.map(({ key }) => key));
    args.push(...gone.filter((key) => !stay.has(key)));
  }
  return args;
}

function endsOf(range: KeyRange): Ends | null {
  const bounds = boundsOf(range);
  if (bounds === null) return null;
  const low =
    bounds.low === "" && bounds.lowIncluded ? "-" : `${bounds.lowIncluded ? "[" : "("}${bounds.low}`;
  const high = bounds.high === null ? "+" : `(${bounds.high}`;
  const limit = String(range.limit ?? -1);
  return range.reverse === true ? [high, low, "REV", limit] : [low, high, "", limit];
}

function buffer(value: Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function list(reply: unknown): unknown[] {
  return Array.isArray(reply) ? reply : [];
}

function text(reply: unknown): string {
  return String(reply);
}

function bytes(reply: unknown): Uint8Array {
  return reply instanceof Uint8Array ? reply : Buffer.alloc(0);
}

function bytesOrNull(reply: unknown): Uint8Array | null {
  return reply instanceof Uint8Array ? reply : null;
}
