import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FinAgentError } from "../../domain/errors.ts";
import { asStoreError, isBusy } from "./sqlite-faults.ts";

/** "FAgt": says in the file's header whose it is. */
const APPLICATION_ID = 0x46_41_67_74;

const FORMAT = 1;

/** How long SQLite itself waits, with the whole process, for another one that writes. */
const WAIT_MS = 50;

/** How long opening waits for others that open the file for the first time. */
const OPEN_MS = 10_000;

/** Short numbers stand for partitions, whose names are long and would be repeated in every record. */
const TABLES = `
  CREATE TABLE partitions (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, expires_at INTEGER, UNIQUE (kind, id)
  );
  CREATE INDEX partitions_by_expiry ON partitions (expires_at) WHERE expires_at IS NOT NULL;
  CREATE TABLE records (
    partition INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (partition, key)
  ) WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

/**
 * The file, made where it does not exist.
 * @throws FinAgentError STORE_… where it cannot be used, is another program's or of a later version
 */
export function openSqliteFile(file: string): DatabaseSync {
  makeFolder(dirname(file), file);
  let database: DatabaseSync | undefined;
  try {
    makePrivately(file);
    const opened = (database = new DatabaseSync(file, { timeout: WAIT_MS }));
    // With a log of its own a writer holds up no reader. A commit survives the end of the process; only a
    // failure of the machine can take the last ones back, and never tears one.
    patiently(() =>
      opened.exec(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON",
      ),
    );
    patiently(() => prepareTables(opened, file));
    return opened;
  } catch (error) {
    database?.close();
    throw asStoreError(error, file);
  }
}

/**
 * The version of SQLite, where a file that is there can be used and written.
 * @throws FinAgentError STORE_… where not
 */
export function examineSqlite(file: string): string {
  const database = openSqliteFile(file);
  try {
    return String(database.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  } finally {
    database.close();
  }
}

/** Conversations are for nobody else to read; the log beside the file gets the same rights. */
function makePrivately(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
  } catch {
    // SQLite says in a moment what is wrong.
  }
}

function makeFolder(folder: string, file: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new FinAgentError("STORE_UNREACHABLE", `The folder of ${file} cannot be made.`, {
      hint: "Give a folder that can be written with --home or FINAGENT_HOME.",
      details: { file },
      cause: error,
    });
  }
}

function prepareTables(database: DatabaseSync, file: string): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const format = pragma(database, "user_version");
    const owner = pragma(database, "application_id");
    const empty = database.prepare("SELECT 1 FROM sqlite_schema").get() === undefined;
    if (empty) database.exec(TABLES);
    else if (owner !== APPLICATION_ID) throw foreign(file);
    else if (format !== FORMAT) throw otherFormat(file, format);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function pragma(database: DatabaseSync, name: "user_version" | "application_id"): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function foreign(file: string): FinAgentError {
  return new FinAgentError("STORE_UNSUITABLE", `${file} is the database of another program.`, {
    hint: "Move it away, or give another folder with --home or FINAGENT_HOME.",
    details: { file },
  });
}

function otherFormat(file: string, format: number): FinAgentError {
  return new FinAgentError(
    "STORE_UNSUITABLE",
    `${file} has file format ${format}; this version of FinAgent reads format ${FORMAT}.`,
    {
      hint: "Use the version of FinAgent that wrote it, or give another folder with --home or FINAGENT_HOME.",
      details: { file, format },
    },
  );
}

/** Again and again while others have the file: SQLite does not wait by itself where a log is begun. */
function patiently(work: () => void): void {
  const end = performance.now() + OPEN_MS;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5 + 20 * Math.random());
    }
  }
}
