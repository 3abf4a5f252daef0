import type { SerializerProtocol } from "@langchain/langgraph-checkpoint";
import { pack } from "./pack.ts";
import { unpack } from "./unpack.ts";

/** LangGraph's interface to `pack` and `unpack`. */
export const stateSerde: SerializerProtocol = {
  dumpsTyped: (value: unknown) =>
    Promise.resolve(["packed", new TextEncoder().encode(JSON.stringify(pack(value)))]),
  loadsTyped: async (type, data) => {
    if (type !== "packed") throw new TypeError(`A value of the unknown type ${type} was to be read.`);
    return unpack(JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data)));
  },
};
