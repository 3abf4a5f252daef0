import { expect, it } from "vitest";
import { OfflineChatModel } from "./offline/offline-chat-model.ts";
import { createModel } from "./select.ts";

const options = { baseUrl: "http://127.0.0.1:1/v1", timeoutSeconds: 1, maxRetries: 0 };

it("makes the model that a name means", () => {
  expect(createModel("offline", options)).toBeInstanceOf(OfflineChatModel);
  expect(createModel("openai:org/gpt-test:7b", options)._identifyingParams()).toMatchObject({
    model_name: "org/gpt-test:7b",
  });
});

it.each(["gpt-test", "openai:", "anthropic:x", ""])("refuses %j", (name) => {
  expect(() => createModel(name, options)).toThrow(
    expect.objectContaining({ code: "BAD_CONFIG", hint: expect.stringContaining("openai:NAME") as string }),
  );
});
