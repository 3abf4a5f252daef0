import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";
import type { Clock } from "../../domain/ports.ts";
import { contentHash } from "../../domain/hash.ts";
import type { Partition, RecordStore } from "../records/record-store.ts";

const BODY = "body";
const KEPT_AT = "kept-at";

/** A report is written before the run that names it: so young it may still be waiting for that. */
const GRACE_MS = 3_600_000;

/** Reports of thousands of trades are a tenth as long so; more effort gains little. */
const QUICK = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const partitionOf = (hash: string): Partition => ({ kind: "artifact", id: hash });

/** The hash that a document is kept under. */
export const reportHash = (document: string): string => contentHash([document]);

/** Keeps a document under its content hash, which is returned. */
export async function keepReport(records: RecordStore, clock: Clock, document: string): Promise<string> {
  const hash = reportHash(document);
  const put = [
    { key: BODY, value: await compress(document, QUICK) },
    { key: KEPT_AT, value: Buffer.from(String(clock.now())) },
  ];
  await records.write(partitionOf(hash), { put });
  return hash;
}

/** The document as it was parsed from JSON; null where it is not there, or not what was kept. */
export async function readReport(records: RecordStore, hash: string): Promise<unknown> {
  const [body = null] = await records.get(partitionOf(hash), [BODY]);
  if (body === null) return null;
  const text = await decompress(body).then(String, () => "");
  return contentHash([text]) === hash ? JSON.parse(text) : null;
}

/**
 * Deletes the reports that are not `named`, but for those of the last hour.
 * @param orphan a report whose run was deleted; it goes however young it is
 */
export async function collectReports(
  records: RecordStore,
  clock: Clock,
  named: () => Promise<ReadonlySet<string>>,
  orphan: string | null = null,
): Promise<void> {
  // Listed before the names are read: what is kept in between is not in the list.
  const kept = await records.partitions("artifact");
  const names = await named();
  for (const hash of kept.filter((one) => !names.has(one))) {
    const [at = null] = await records.get(partitionOf(hash), [KEPT_AT]);
    const keptAt = at === null ? 0 : Number(Buffer.from(at).toString("utf8"));
    if (hash !== orphan && keptAt + GRACE_MS > clock.now()) continue;
    // Kept again meanwhile, it stays.
    await records.write(partitionOf(hash), {
      expect: [{ key: KEPT_AT, value: at }],
      delete: [BODY, KEPT_AT],
    });
  }
}
