import type { PromptVersion } from "./version.ts";

/** What an agent goes by in a run, and what that is called. */
export type ToldPrompt = Pick<PromptVersion, "version" | "instructions" | "policy">;

/** By agent. */
export type ToldPrompts = Readonly<Record<string, ToldPrompt>>;
