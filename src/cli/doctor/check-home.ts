import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Check } from "./check.ts";

/** Whether the home folder can be written, or made where it does not exist yet. Changes nothing. */
export async function checkHome(home: string): Promise<Check> {
  const folder = resolve(home);
  try {
    const nearest = await nearestExisting(folder);
    const info = await stat(nearest);
    if (!info.isDirectory()) return failed(`${nearest} is a file, not a folder`);
    await access(nearest, constants.W_OK | constants.X_OK);
    return {
      name: "Home folder",
      status: "ok",
      message: nearest === folder ? folder : `${folder} (made when it is needed)`,
    };
  } catch {
    return failed(`${folder} cannot be written`);
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!missing || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
}

function failed(message: string): Check {
  return {
    name: "Home folder",
    status: "fail",
    message,
    next: "Give another folder with --home or FINAGENT_HOME, or change its permissions.",
    exitStatus: 2,
  };
}
