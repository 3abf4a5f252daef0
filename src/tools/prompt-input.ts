import { z } from "zod";

/** Fields of inputs that name a prompt. */
export const agentNameSchema = z.string().min(1).max(50).describe("Whose prompt, e.g. alpha");

export const promptNameSchema = z
  .string()
  .min(1)
  .max(100)
  .describe("A version, or the beginning of it that no other has");

export const promptReasonSchema = z.string().min(1).max(2000);
