import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fileWorkLog } from "./work-log.ts";

it("keeps whole entries under their names, and forgets what a stop cut off", async () => {
  const folder = await mkdtemp(join(tmpdir(), "finagent-log-"));
  const log = fileWorkLog(folder);
  expect(await log.read("sweeps/a")).toEqual([]);
  await log.append("sweeps/a", "première");
  await log.append("sweeps/a", "second");
  await log.append("sweeps/b", "other");
  await appendFile(join(folder, "sweeps/a.jsonl"), "thi");
  expect(await log.read("sweeps/a")).toEqual(["première", "second"]);
  await log.append("sweeps/a", "fourth");
  expect(await readFile(join(folder, "sweeps/a.jsonl"), "utf8")).toBe("première\nsecond\nfourth\n");
  await log.clear("sweeps/a");
  expect(await log.read("sweeps/a")).toEqual([]);
  expect(await log.read("sweeps/b")).toEqual(["other"]);
  await rm(folder, { recursive: true });
});
