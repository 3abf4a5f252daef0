import { expect, it } from "vitest";
import { FinAgentError } from "../domain/errors.ts";
import { toModelError } from "./model-error.ts";

const endpoint = { model: "gpt-test", baseUrl: "https://me:secret@models.example/v1", apiKey: "sk-test" };

it("leaves a FinAgentError as it is, wherever it stands in the chain", () => {
  const own = new FinAgentError("MODEL_TIMEOUT", "The model sent nothing for 5 s.");
  expect(toModelError(own)).toBe(own);
  expect(toModelError(new Error("Connection error.", { cause: own }), endpoint)).toBe(own);
});

it("finds the socket's error below the client's", () => {
  const socket = Object.assign(new Error("getaddrinfo ENOTFOUND models.example"), { code: "ENOTFOUND" });
  const thrown = new Error("Connection error.", { cause: new TypeError("fetch failed", { cause: socket }) });
  expect(toModelError(thrown, endpoint)).toMatchObject({
    code: "MODEL_UNREACHABLE",
    message: "The model gpt-test at https://models.example/v1 cannot be reached (ENOTFOUND).",
  });
});

it.each([
  ["TimeoutError", "MODEL_TIMEOUT"],
  ["AbortError", "MODEL_TIMEOUT"],
  ["SyntaxError", "MODEL_OUTPUT"],
])("maps a %s to %s", (name, code) => {
  expect(toModelError(Object.assign(new Error("what"), { name }), endpoint).code).toBe(code);
});

it("repeats neither the key nor the URL's credentials", () => {
  const thrown = Object.assign(new Error("400 no such thing: sk-test"), { status: 400 });
  const text = JSON.stringify(toModelError(thrown, endpoint));
  expect(text).toContain("no such thing");
  expect(text).not.toMatch(/sk-test|secret/);
});

it("says something of what is no error at all", () => {
  expect(toModelError("what")).toMatchObject({
    code: "MODEL_OUTPUT",
    message: "The model gave no usable answer.",
  });
});
