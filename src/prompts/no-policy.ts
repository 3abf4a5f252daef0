import { z } from "zod";

/** The policy of an agent that fetches, computes or coordinates, and so has nothing of its own to decide by. */
export const noPolicySchema = z.object({});

export type NoPolicy = z.output<typeof noPolicySchema>;
