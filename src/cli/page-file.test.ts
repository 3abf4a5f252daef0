import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pageFile } from "./page-file.ts";

const folder = mkdtempSync(join(tmpdir(), "finagent-page-"));
mkdirSync(join(folder, "sub"));
writeFileSync(join(folder, "old.html"), "old");

it.each([
  ["sub", /--report: \S+sub is a folder/],
  [join("missing", "out.html"), /--report: there is no folder \S+missing/],
  [join("old.html", "out.html"), /--report: there is no folder \S+old\.html/],
])("refuses %s before anything runs", async (name, message) => {
  await expect(pageFile("--report", join(folder, name))).rejects.toThrow(message);
});

it("refuses an empty name and what is no regular file", async () => {
  await expect(pageFile("--report", " ")).rejects.toMatchObject({ exitStatus: 2 });
  await expect(pageFile("--report", "/dev/null")).rejects.toThrow(/not a regular file/);
});

it("replaces a file at once and leaves nothing beside it", async () => {
  const file = await pageFile("--report", join(folder, "old.html"));
  expect(readFileSync(file.path, "utf8")).toBe("old");
  await file.write("new");
  expect(readFileSync(file.path, "utf8")).toBe("new");
  expect(readdirSync(folder).sort()).toEqual(["old.html", "sub"]);
});

it("keeps a link and replaces what it points to", async () => {
  symlinkSync(join(folder, "old.html"), join(folder, "sub", "link.html"));
  const file = await pageFile("--report", join(folder, "sub", "link.html"));
  await file.write("linked");
  expect(readFileSync(join(folder, "old.html"), "utf8")).toBe("linked");
  expect(readdirSync(join(folder, "sub"))).toEqual(["link.html"]);
});

it("says what failed where writing fails, and cleans up", async () => {
  const gone = mkdtempSync(join(tmpdir(), "finagent-page-"));
  const file = await pageFile("--report", join(gone, "out.html"));
  // Made meanwhile: a folder cannot be replaced by a file.
  mkdirSync(join(gone, "out.html"));
  await expect(file.write("page")).rejects.toThrow(
    /--report: \S+ could not be written: .*(EISDIR|ENOTEMPTY|EEXIST)/,
  );
  expect(readdirSync(gone)).toEqual(["out.html"]);
});

it("writes HTML under no other name", async () => {
  await expect(pageFile("--report", join(folder, "out.pdf"))).rejects.toThrow(
    /out\.pdf does not end in \.html/,
  );
});
