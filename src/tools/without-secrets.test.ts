import { expect, it } from "vitest";
import { z } from "zod";
import { FinAgentError } from "../domain/errors.ts";
import { defineTool, type ToolContext } from "./tool.ts";
import { withoutSecrets } from "./without-secrets.ts";

const SECRET = "canary-key-5d08b6f1e9";
const ctx = {} as ToolContext;

const telling = (value: unknown) =>
  withoutSecrets(
    defineTool({
      name: "tell",
      description: "Tells.",
      access: "read",
      input: z.object({}),
      output: z.unknown(),
      run: () => (value instanceof Error ? Promise.reject(value) : Promise.resolve(value)),
    }),
    [SECRET],
  );

it("hides secrets in what a program's tool returns, however deep and under whatever name", async () => {
  const told = await telling({ lines: [`The key is ${SECRET}.`], [SECRET]: 1 }).run(ctx, {});
  expect(told).toEqual({ lines: ["The key is [hidden]."], "[hidden]": 1 });
});

it("hides them in its errors, which models read too", async () => {
  const failing = telling(new FinAgentError("BAD_ARGUMENT", `No ${SECRET}.`, { hint: `Not ${SECRET}.` }));
  await expect(failing.run(ctx, {})).rejects.toMatchObject({
    code: "BAD_ARGUMENT",
    message: "No [hidden].",
    hint: "Not [hidden].",
  });
});

it("leaves everything else as it is, to the object", async () => {
  const value = { at: new Date(0), rate: NaN, token: "ETH" };
  expect(await telling(value).run(ctx, {})).toBe(value);
});
