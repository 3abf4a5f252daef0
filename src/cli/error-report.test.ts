import { describe, expect, it } from "vitest";
import { FinAgentError } from "../domain/errors.ts";
import { asFinAgentError, drawError, errorDocument } from "./error-report.ts";
import { plainText } from "./terminal/span.ts";

const KEY = "topsecret-0123456789";

function draw(error: unknown, { debug = false, secrets = [KEY] } = {}): string {
  return drawError(asFinAgentError(error), { width: 80, debug, secrets }).map(plainText).join("\n");
}

describe("an error", () => {
  const error = new FinAgentError("DATA_INVALID", "close is not a number in AAPL.csv.", {
    hint: "Correct the line or leave it out.",
    details: { file: "AAPL.csv", line: 14, date: null },
  });

  it("says what was wrong, where, and what to do next", () => {
    expect(draw(error)).toBe(
      [
        "error  close is not a number in AAPL.csv.",
        "where  line 14",
        "next   Correct the line or leave it out.",
      ].join("\n"),
    );
  });

  it("has a stack with --debug only", () => {
    expect(draw(error)).not.toContain("at ");
    expect(draw(error, { debug: true })).toContain("error-report.test.ts");
  });

  it("is a document of its own", () => {
    expect(errorDocument(error, [])).toEqual({
      error: {
        code: "DATA_INVALID",
        message: "close is not a number in AAPL.csv.",
        hint: "Correct the line or leave it out.",
        details: { file: "AAPL.csv", line: 14, date: null },
      },
    });
  });

  it("lists every field that is wrong", () => {
    const fields = ["--capital: too small", "--commission: too big"];
    expect(draw(new FinAgentError("BAD_ARGUMENT", fields[0] ?? "", { details: { fields } }))).toBe(
      "error  --capital: too small\n       --commission: too big",
    );
  });
});

it("lists what is wrong besides, once", () => {
  const errors = ["line 3: not a number", "line 9: below zero"];
  const error = new FinAgentError("DATA_INVALID", "line 3: not a number", {
    hint: "Mend it.",
    details: { kind: "x", errors, near: ["Mend"] },
  });
  expect(draw(error)).toBe("error  line 3: not a number\n       line 9: below zero\nnext   Mend it.");
});

it("what we did not foresee is a fault of ours, says so, and shows no stack", () => {
  const text = draw(new TypeError("x is not a function"));
  expect(asFinAgentError(new TypeError("x")).exitStatus).toBe(1);
  expect(text).toContain("x is not a function");
  expect(text).toContain("--debug");
  expect(text).toContain("report");
  expect(text).not.toMatch(/at .*\.ts/);
});

it.each([
  ["a known secret", `401: no such key ${KEY}`],
  ["an OpenAI key", "Incorrect API key provided: sk-proj-abcdef123456."],
  ["a bearer token", "sent Authorization: Bearer abcdef123456"],
  ["a line of a settings file", "bad YAML:\n  apiKey: abcdef123456"],
  ["JSON", '{"api_key":"abcdef123456"}'],
])("never shows a key: %s", (_where, message) => {
  const error = new FinAgentError("MODEL_AUTH", message, {
    details: { said: message },
    cause: new Error(message),
  });
  for (const text of [
    draw(error),
    draw(error, { debug: true }),
    JSON.stringify(errorDocument(error, [KEY])),
  ]) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain("abcdef123456");
  }
});

it("lets no escape sequence of a file or a server reach the terminal", () => {
  expect(draw(new FinAgentError("DATA_INVALID", "bad \u001b[2Jrow"))).toBe("error  bad row");
});
