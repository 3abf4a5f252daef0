import { z } from "zod";

/** Where a process is killed; counted from 1 within the run. */
export const killPointSchema = z.discriminatedUnion("at", [
  z.object({ at: z.literal("write"), n: z.number(), when: z.enum(["before", "after"]) }),
  /** While bars are read: inside a node. */
  z.object({ at: z.literal("bars"), n: z.number() }),
  /** When a model is asked: inside a node, by who plays the model. */
  z.object({ at: z.literal("model"), n: z.number() }),
  z.object({ at: z.literal("nothing") }),
]);

export type KillPoint = z.output<typeof killPointSchema>;

/** What a process does: a run, and where it ends. */
export const killedRunSchema = z.object({
  home: z.string(),
  redisUrl: z.string().nullable(),
  prefix: z.string(),
  /** Of the scripted models. */
  baseUrl: z.string(),
  tool: z.enum(["ask", "run_pipeline", "optimize_agent_prompts"]),
  input: z.record(z.string(), z.unknown()),
  point: killPointSchema,
  /** Where the writes and the steps are told as they are done, a line each. */
  log: z.string(),
});

export type KilledRun = z.output<typeof killedRunSchema>;
