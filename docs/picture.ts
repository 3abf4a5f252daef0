/**
 * Draws README's picture, docs/ask.svg: what a terminal shows of a real run, on the simulated market as of a fixed
 * day. `npm run picture` writes it anew; a test compares it with what the command prints today.
 */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";

const REQUEST = "Analyze AAPL for the last 6 months and propose a portfolio";
const AS_OF = "2026-03-31";

/** The picture ends after the section that begins with this heading. */
const LAST_SECTION = "Proposed portfolio";

const ESC = String.fromCodePoint(27);

const LINE_HEIGHT = 17;
const CHARACTER_WIDTH = 7.83;
const MARGIN = 18;
const COLUMNS = 82;

/** The escape that begins a style, and one whole style, as `styleText` writes them. */
const ESCAPE = new RegExp(`(${ESC}\\[\\d+m)`);
const STYLE = new RegExp(`^${ESC}\\[(\\d+)m$`);

const COLOURS: Readonly<Record<string, string>> = {
  "31": "#ff7b72",
  "32": "#7ee787",
  "33": "#e3b341",
  "36": "#79c0ff",
};

/** The lines that the command prints, with their colours; the times that steps took are left out. */
export async function printedLines(): Promise<string[]> {
  const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
  const args = [main, "ask", REQUEST, "--as-of", AS_OF];
  const env = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", FORCE_COLOR: "1" };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env });
  const lines = `${stderr}\n${stdout}`
    .split("\n")
    .map((line) => line.replaceAll(/\d+(?:\.\d+)? m?s\b/g, (time) => " ".repeat(time.length)).trimEnd());
  const from = lines.findIndex((line) => stripVTControlCharacters(line) === LAST_SECTION);
  const until = lines.findIndex(
    (line, i) => i > from && stripVTControlCharacters(line).startsWith("Limits that bound"),
  );
  return [`$ npm run ask -- "${REQUEST}" \\`, `    --as-of ${AS_OF}`, "", ...lines.slice(0, until)];
}

/** The text of a picture, line by line. */
export function textOf(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, inner = ""]) =>
    inner
      .replaceAll(/<[^>]+>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&"),
  );
}

export function draw(lines: readonly string[]): string {
  const width = Math.round(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = lines.map(
    (line, i) =>
      `<text x="${MARGIN}" y="${MARGIN + (i + 0.75) * LINE_HEIGHT}" xml:space="preserve">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="FinAgent answering a request in a terminal">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace" font-size="13" fill="#e6edf3">
${rows.join("\n")}
</g>
</svg>
`;
}

/** One line's runs of equal style. */
function spans(line: string): string {
  let bold = false;
  let dim = false;
  let colour: string | undefined;
  return line
    .split(ESCAPE)
    .map((part) => {
      const code = STYLE.exec(part)?.[1];
      if (code === undefined) return part === "" ? "" : styled(part);
      if (code === "1") bold = true;
      else if (code === "2") dim = true;
      else if (code === "22") bold = dim = false;
      else colour = COLOURS[code];
      return "";
    })
    .join("");

  function styled(text: string): string {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const attributes = [
      bold ? ' font-weight="bold"' : "",
      dim ? ' fill="#8b949e"' : colour === undefined ? "" : ` fill="${colour}"`,
    ].join("");
    return attributes === "" ? escaped : `<tspan${attributes}>${escaped}</tspan>`;
  }
}

if (import.meta.main) {
  const target = fileURLToPath(new URL("ask.svg", import.meta.url));
  writeFileSync(target, draw(await printedLines()));
}
