import { lookOf, UNKNOWN } from "./look.ts";
import { isTree, objectsOf, unpackTree, unpackWith } from "./unpack.ts";

/** What a content record of a thread holds. It is parsed once, when it is first needed; values are made of it anew each time. */
export class Content {
  /** In characters. */
  readonly length: number;
  /** Whether it can be made without `objects`. */
  readonly isTree: boolean;
  #text: string | undefined;
  #json: unknown;
  #look: unknown;

  constructor(text: string) {
    this.length = text.length;
    this.isTree = isTree(text);
    this.#text = text;
  }

  /** Parsed; not to be changed. */
  get json(): unknown {
    if (this.#text !== undefined) {
      this.#json = JSON.parse(this.#text);
      this.#text = undefined;
    }
    return this.#json;
  }

  /** How the value looks. */
  get look(): unknown {
    return (this.#look ??= this.isTree ? lookOf(this.make([])) : UNKNOWN);
  }

  /** What LangChain has to make for one call of `make`. */
  async objects(): Promise<unknown[]> {
    return objectsOf(this.json);
  }

  /** The value, of new objects. */
  make(objects: readonly unknown[]): unknown {
    return this.isTree ? unpackTree(this.json) : unpackWith(this.json, objects);
  }
}
