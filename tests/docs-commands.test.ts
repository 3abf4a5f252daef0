import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { finagentHere } from "./support/finagent-here.ts";
import { folderOf } from "./support/price-folders.ts";
import { simulatedPrices } from "./support/simulated-prices.ts";

/**
 * Runs the `finagent` commands of the pages in docs/, in this process. Files of one's own are those of examples/,
 * and csv:./prices is a folder with prices of the simulated market. That README's commands run is shown by
 * readme.test.ts.
 */
const DOCS = fileURLToPath(new URL("../docs/", import.meta.url));
const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));

const ALL = readdirSync(DOCS)
  .filter((name) => name.endsWith(".md"))
  .flatMap((page) =>
    [...readFileSync(join(DOCS, page), "utf8").matchAll(/^ *finagent (.+?)(?: {2,}.*)?$/gm)].map(
      ([, command = ""]) => [page, command] as const,
    ),
  );
const COMMANDS = ALL.filter(([, command]) => !command.includes(" | "));

let prices = "";
let home = "";

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "finagent-docs-"));
  prices = folderOf({
    "AAPL.csv": await simulatedPrices("AAPL", 600),
    "MSFT.csv": await simulatedPrices("MSFT", 600),
  });
});

afterAll(() => {
  for (const folder of [home, prices]) rmSync(folder, { recursive: true });
});

it("has commands on most pages", () => {
  expect(new Set(COMMANDS.map(([page]) => page)).size).toBeGreaterThanOrEqual(5);
});

it.each(COMMANDS)("%s: finagent %s", async (_, command) => {
  expect((await printed(command)).length).toBeGreaterThan(
    /^(?:runs|prompts|costs)\b/.test(command) ? 15 : 300,
  );
});

it("writes the trades as CSV", async () => {
  const [command = "", script = ""] = ALL.flatMap(([, line]) =>
    [...line.matchAll(/^(.+ --json) \| node -e '(.+)' > trades\.csv$/g)].flatMap((match) => match.slice(1)),
  );
  const input = await printed(command);
  const { stdout } = spawnSync(process.execPath, ["-e", script], { input, encoding: "utf8" });
  const [header, ...rows] = stdout.trim().split("\n");
  const { tradeList } = JSON.parse(input) as { tradeList: { symbol: string; profit: number }[] };
  expect(header).toBe("symbol,shares,entryTime,exitTime,entryPrice,exitPrice,profit,return,open");
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.map((row) => Number(row.split(",")[6]))).toEqual(tradeList.map(({ profit }) => profit));
});

/** What a command prints; it must end well. */
async function printed(command: string): Promise<string> {
  const words = command
    .replaceAll("csv:./prices", `csv:${prices}`)
    .replaceAll(/(?:examples|\.)\/my-/g, `${EXAMPLES}my-`)
    // Fewer than a reader would draw.
    .replace(/--paths \d+/, "--paths 100")
    .split(" ");
  // The simulated market's time goes by; a part of its past is enough here.
  const period =
    ["backtest", "compare", "sweep", "stress"].includes(words[0] ?? "") && !command.includes("csv:");
  const line = [
    ...words,
    // A kept run has its own day.
    ...(words[0] === "runs" ? [] : ["--as-of", "2025-06-30"]),
    ...(period ? ["--from", "2023-06-30"] : []),
  ];
  const { status, stdout, stderr } = await finagentHere(line, { home });
  expect({ status, errors: stderr.match(/^(?:error|where|next) .*/gm) ?? [] }).toEqual({
    status: 0,
    errors: [],
  });
  return stdout;
}
