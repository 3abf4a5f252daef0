import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs")).map((name) => join("docs", name)),
]
  .filter((page) => page.endsWith(".md"))
  .filter((page) => existsSync(join(ROOT, page)));

/** Paths of this project that a page names, in code spans or as link targets. */
function references(text: string): string[] {
  const spans = [...text.matchAll(/`([\w./-]+)`/g)].map((match) => match[1] ?? "");
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
  return [
    ...spans.filter((span) => /^(src|docs|tests|examples|bench|evals)\/|^\.oxlintrc/.test(span)),
    ...links.filter((link) => !/^[a-z]+:/.test(link)),
  ];
}

describe("documents name only what exists", () => {
  it.each(PAGES)("%s", (page) => {
    const text = readFileSync(join(ROOT, page), "utf8");
    const folder = page.includes("/") ? join(ROOT, page, "..") : ROOT;
    const missing = references(text).filter(
      (path) => !existsSync(join(ROOT, path)) && !existsSync(join(folder, path)),
    );
    expect(missing).toEqual([]);
  });

  it("finds a reference that is wrong", () => {
    expect(references("see `src/no-such-file.ts` and [x](docs/none.md)")).toEqual([
      "src/no-such-file.ts",
      "docs/none.md",
    ]);
  });
});
