import { spawnSync } from "node:child_process";
import { userInfo } from "node:os";

const NAMES = ["redis-server", "valkey-server"];

/** Package managers with the commands that install a server. */
const INSTALLERS: readonly { readonly manager: string; readonly commands: readonly (readonly string[])[] }[] =
  [
    {
      manager: "apt-get",
      commands: [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", "redis-server"],
      ],
    },
    { manager: "dnf", commands: [["dnf", "install", "-q", "-y", "valkey"]] },
    { manager: "apk", commands: [["apk", "add", "--quiet", "redis"]] },
    { manager: "brew", commands: [["brew", "install", "--quiet", "redis"]] },
  ];

let found: string | undefined;

/**
 * The program of a Redis or Valkey server; where there is none it is installed with the system's package manager.
 * @throws Error that says what to do by hand
 */
export function redisBinary(): string {
  found ??= NAMES.find(isThere) ?? installed();
  return found;
}

function isThere(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

function installed(): string {
  const installer = INSTALLERS.find(({ manager }) => isThere(manager));
  const rights = installer?.manager === "brew" || userInfo().uid === 0 ? [] : ["sudo", "-n"];
  for (const command of installer?.commands ?? []) {
    const whole = [...rights, ...command];
    process.stderr.write(`The tests need a Redis server: ${whole.join(" ")}\n`);
    // Debian would start a server of its own where the level is not 1.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    spawnSync(whole[0] ?? "", whole.slice(1), { stdio: ["ignore", "ignore", "inherit"], env });
  }
  const now = NAMES.find(isThere);
  if (now !== undefined) return now;
  throw new Error(
    "The tests of the memory need a Redis server (6.2 or later) or Valkey, and none could be installed. Install one so that " +
      "`redis-server` is on the path, or set REDIS_URL to one that may be written to; then run the tests again.",
  );
}
