import { expect, it } from "vitest";
import { OfflineChatModel } from "./offline/offline-chat-model.ts";
import { modelMaker } from "./select.ts";

const options = { baseUrl: "http://127.0.0.1:1/v1", timeoutSeconds: 1, maxRetries: 0 };

it("makes the model that a name means", async () => {
  const make = await modelMaker(["offline", "openai:org/gpt-test:7b"], options);
  expect(make("offline")).toBeInstanceOf(OfflineChatModel);
  expect(make("openai:org/gpt-test:7b")._identifyingParams()).toMatchObject({
    model_name: "org/gpt-test:7b",
  });
});

it.each(["gpt-test", "openai:", "anthropic:x", ""])("refuses %j", async (name) => {
  const make = await modelMaker([name], options);
  expect(() => make(name)).toThrow(
    expect.objectContaining({ code: "BAD_CONFIG", hint: expect.stringContaining("openai:NAME") as string }),
  );
});
