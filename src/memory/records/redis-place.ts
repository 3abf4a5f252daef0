import { FinAgentError } from "../../domain/errors.ts";

/** Where a Redis is, out of its URL. */
export interface RedisPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly database: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The URL without the password, for messages. */
  readonly shown: string;
}

/**
 * `redis[s]://[USER:PASSWORD@]HOST[:PORT][/DATABASE]`.
 * @throws FinAgentError BAD_CONFIG, whose text holds nothing of the URL
 */
export function redisPlace(url: string): RedisPlace {
  const { protocol, hostname, port, username, password, pathname } = parse(url);
  const database = /^\/?(\d{0,6})$/.exec(pathname)?.[1];
  if (!/^rediss?:$/.test(protocol) || hostname === "" || database === undefined) throw unreadable();
  const place = {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? 6379 : Number(port),
    tls: protocol === "rediss:",
    database: Number(database),
  };
  const user = username === "" ? "" : `${username}@`;
  return {
    ...place,
    username: username === "" ? undefined : decoded(username),
    password: password === "" ? undefined : decoded(password),
    shown: `${protocol}//${user}${hostname}:${place.port}/${place.database}`,
  };
}

function parse(url: string): URL {
  if (!URL.canParse(url)) throw unreadable();
  return new URL(url);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): FinAgentError {
  return new FinAgentError("BAD_CONFIG", "REDIS_URL is not the address of a Redis.", {
    hint: "Write redis://USER:PASSWORD@HOST:PORT/DATABASE, or rediss:// for TLS; percent-encode special characters.",
  });
}
