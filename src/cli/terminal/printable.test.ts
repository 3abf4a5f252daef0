import { expect, it } from "vitest";
import { printable } from "./printable.ts";

it("keeps text and drops what would move the cursor, recolour, or retitle the terminal", () => {
  expect(printable("a\u001b[31mred\u001b[0m\u001b]0;title\u0007 b\u001b[2J\r\n−5%\u009b1A")).toBe(
    "ared b\n−5%",
  );
});
