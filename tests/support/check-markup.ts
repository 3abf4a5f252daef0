import { expect } from "vitest";

const VOID = new Set(["meta", "link", "br", "hr", "img", "input"]);

/**
 * Fails where a page's elements are not closed in their order, an id stands twice or is referred to without being
 * there, a chart has no words, or a table no caption.
 */
export function checkMarkup(page: string): void {
  expect(page.slice(0, 100)).toMatch(/^<!doctype html>\n<html lang="en">/);
  const open: string[] = [];
  const markup = page.replaceAll(/<style>[^]*?<\/style>/g, "");
  for (const [, closing, name = "", , own] of markup.matchAll(
    /<(\/?)([a-z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g,
  )) {
    if (closing === "/") expect(open.pop(), `closes ${name}`).toBe(name);
    else if (own !== "/" && !VOID.has(name)) open.push(name);
  }
  expect(open).toEqual([]);
  // Whatever is not a tag of that form must be text: no angle bracket is left.
  const rest = markup
    .replace("<!doctype html>", "")
    .replaceAll(/<\/?[a-z][a-zA-Z0-9]*(?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*\s*\/?>/g, "");
  const stray = rest.search(/[<>]/);
  expect(stray < 0 ? "" : rest.slice(Math.max(0, stray - 60), stray + 60)).toBe("");

  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const referred = [...markup.matchAll(/(?:aria-labelledby="([^"]+)"|url\(#([^)]+)\))/g)].flatMap(
    ([, labels, target]) => (labels ?? target ?? "").split(" "),
  );
  expect(ids).toEqual(expect.arrayContaining(referred));
  for (const [svg] of markup.matchAll(/<svg[^]*?<\/svg>/g)) {
    expect(svg.slice(0, 500)).toMatch(
      /^<svg viewBox="[\d. ]+" role="img" aria-labelledby="\S+ \S+"><title id="[^"]+">[^<]+</,
    );
    expect(svg.slice(0, 2000)).toMatch(/<desc id="[^"]+">[^<]+</);
    expect(/#fe01|#5470c6/.exec(svg)?.[0]).toBeUndefined();
  }
  for (const [table] of markup.matchAll(/<table>[^]*?<\/table>/g)) {
    expect(table).toMatch(/<caption>[^<]+<\/caption>[^]*<th scope="col"[^]*<th scope="row"/);
  }
}
