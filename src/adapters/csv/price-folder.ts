import { type BigIntStats, statSync } from "node:fs";
import { FinAgentError } from "../../domain/errors.ts";
import { nearSymbols } from "../../domain/market/near-symbols.ts";
import { fileIdentity } from "../columnar/file-identity.ts";
import { isOffer, type PriceFile, priceFiles, versionOf } from "./price-files.ts";

const NEAR = 3;
const LISTED = 12;

/** The price files of a folder by symbol, looked through again when the folder or the file in question changed. */
export class PriceFolder {
  readonly #directory: string;
  #files: ReadonlyMap<string, readonly PriceFile[]>;
  #identity: string | null;

  /** @throws FinAgentError DATA_UNREADABLE where the folder cannot be read */
  constructor(directory: string) {
    this.#directory = directory;
    this.#identity = this.#identityNow();
    this.#files = priceFiles(directory);
  }

  /** All of them, as they are now. */
  all(): ReadonlyMap<string, readonly PriceFile[]> {
    this.#identity = this.#identityNow();
    this.#files = priceFiles(this.#directory);
    return this.#files;
  }

  /**
   * The file that holds a symbol, as it is now.
   * @throws FinAgentError UNKNOWN_SYMBOL, DATA_INVALID where several files hold it
   */
  fileOf(symbol: string): PriceFile {
    const held = this.#identity !== null && this.#identity === this.#identityNow();
    const known = held ? this.#files.get(symbol) : undefined;
    const current = known !== undefined && known.every((file) => versionOf(file.path) === file.version);
    const [file, second] = (current ? known : this.all().get(symbol)) ?? [];
    if (file === undefined) throw this.#unknown(symbol);
    if (second === undefined) return file;
    throw new FinAgentError(
      "DATA_INVALID",
      `${symbol} stands in two files: ${file.path} and ${second.path}.`,
      {
        hint: "Keep one of them in this directory.",
        details: { symbol, file: file.path },
      },
    );
  }

  /** Changes when a file is added to the folder, removed or renamed; null where its times cannot tell that yet. */
  #identityNow(): string | null {
    let stats: BigIntStats;
    try {
      stats = statSync(this.#directory, { bigint: true });
    } catch {
      // Listing it says why.
      return null;
    }
    return fileIdentity(this.#directory, stats, Date.now());
  }

  #unknown(symbol: string): FinAgentError {
    const offered = [...this.#files]
      .filter(([, files]) => isOffer(files))
      .map(([name]) => name)
      .sort();
    const near = nearSymbols(symbol, offered, NEAR);
    const more = offered.length > LISTED ? ` and ${offered.length - LISTED} more` : "";
    const all =
      offered.length === 0
        ? "The directory holds no price files (SYMBOL.csv)."
        : `It holds ${offered.slice(0, LISTED).join(", ")}${more}.`;
    return new FinAgentError("UNKNOWN_SYMBOL", `${symbol} is not in ${this.#directory}.`, {
      hint: near.length > 0 ? `Did you mean ${near.join(" or ")}? ${all}` : all,
      details: { symbol, near },
    });
  }
}
