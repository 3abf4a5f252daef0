import { statSync } from "node:fs";
import type { ColumnCache } from "../columnar/column-cache.ts";
import { fileIdentity } from "../columnar/file-identity.ts";
import type { Layout } from "./layout.ts";
import { readTables } from "./read-tables.ts";
import { unreadable } from "./read-text.ts";
import { tableCodec } from "./table-codec.ts";
import type { Table } from "./table.ts";

interface CachedTables {
  readonly tables: ReadonlyMap<string, Table>;
  readonly fromCache: boolean;
  /** Settled once they are kept, which goes on while they are put to use; never rejected. */
  readonly kept: Promise<void>;
}

const NOTHING_TO_KEEP = Promise.resolve();

/**
 * The tables of a price file, from the cache where the file is as it was when they were kept. They are kept only of a
 * file that is the same before and after it was read.
 * @throws FinAgentError DATA_INVALID, DATA_UNREADABLE
 */
export async function cachedTables(
  path: string,
  layout: Layout,
  cache: ColumnCache | null,
): Promise<CachedTables> {
  const identity = cache === null ? null : identityOf(path, layout);
  if (cache === null || identity === null) {
    return { tables: await readTables(path, layout), fromCache: false, kept: NOTHING_TO_KEEP };
  }
  const held = await cache.get(path, identity, tableCodec);
  if (held !== null) return { tables: held, fromCache: true, kept: NOTHING_TO_KEEP };
  const tables = await readTables(path, layout);
  const unchanged = identityOf(path, layout) === identity;
  const kept = unchanged ? cache.put(path, identity, tableCodec, tables) : NOTHING_TO_KEEP;
  return { tables, fromCache: false, kept };
}

/** The state of the file and how its beginning was understood. */
function identityOf(path: string, layout: Layout): string | null {
  try {
    const file = fileIdentity(path, statSync(path, { bigint: true }), Date.now());
    return file === null ? null : `${file}|${JSON.stringify({ ...layout, series: [...layout.series] })}`;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
