import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { readText, unreadable } from "./read-text.ts";

describe("reading files", () => {
  it("says that a directory is no file", async () => {
    await expect(readText(tmpdir())).rejects.toMatchObject({
      code: "DATA_UNREADABLE",
      message: `${tmpdir()} cannot be read: it is a directory, not a file.`,
    });
  });

  it("has a sentence and a hint for every way in which the system refuses", () => {
    for (const code of ["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM", "EIO"]) {
      const error = unreadable("x.csv", Object.assign(new Error("x"), { code }));
      expect(error).toMatchObject({ code: "DATA_UNREADABLE", exitStatus: 3, details: { file: "x.csv" } });
      expect(error.hint).toBeTruthy();
    }
    expect(unreadable("x.csv", Object.assign(new Error("x"), { code: "EACCES" })).message).toContain(
      "permission",
    );
  });
});
