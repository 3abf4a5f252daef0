import { setTimeout as sleep } from "node:timers/promises";
import {
  ClientClosedError,
  ClientOfflineError,
  createClient,
  DisconnectsClientError,
  ErrorReply,
  RESP_TYPES,
} from "redis";
import { FinAgentError } from "../../domain/errors.ts";
import { asStoreError, isGibberish, isNotReady, noAnswer, unreachable } from "./redis-faults.ts";
import type { RedisPlace } from "./redis-place.ts";
import type { RedisScript } from "./redis-scripts.ts";

export interface RedisTimes {
  /** How long a connection may take. */
  readonly connectMs: number;
  /** How long a command may take, waiting for a lost connection included. */
  readonly commandMs: number;
}

export const REDIS_TIMES: RedisTimes = { connectMs: 5000, commandMs: 10_000 };

const RETRY_MS = 50;

type Client = ReturnType<typeof newClient>;
type Argument = string | Buffer;

/**
 * One connection to a Redis, made anew when it is lost. Every call ends in bounded time, with the answer or with a
 * FinAgentError STORE_…. It keeps no process alive but while a call waits for its answer.
 */
export class RedisLink {
  readonly #place: RedisPlace;
  readonly #times: RedisTimes;
  readonly #waiting = new Set<Promise<unknown>>();
  #client: Client | undefined;
  #connecting: Promise<Client> | undefined;
  /** Since when there has been no connection. */
  #lostAt: number | undefined;
  #closed = false;

  constructor(place: RedisPlace, times: RedisTimes) {
    this.#place = place;
    this.#times = times;
  }

  /** Connects, without trying again. */
  async open(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      throw asStoreError(error, this.#place.shown);
    }
  }

  /** @param reads whether it may be sent again where its answer was lost */
  command(args: readonly Argument[], reads: boolean): Promise<unknown> {
    return this.#count(this.#send(args, undefined, reads));
  }

  /** By its hash; the whole text follows where the server does not know it. */
  script(script: RedisScript, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const whole = ["EVALSHA", script.sha, String(keys.length), ...keys, ...args];
    return this.#count(this.#send(whole, script.source, script.reads));
  }

  /** With its whole text at once, so that it comes before whatever is sent after it. */
  scriptFirst(script: RedisScript, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    return this.command(["EVAL", script.source, String(keys.length), ...keys, ...args], script.reads);
  }

  /** Waits for the answers that are still to come. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#waiting);
    this.#client?.destroy();
    this.#client = undefined;
  }

  async #count(call: Promise<unknown>): Promise<unknown> {
    this.#waiting.add(call);
    try {
      return await call;
    } finally {
      this.#waiting.delete(call);
    }
  }

  async #send(args: readonly Argument[], source: string | undefined, reads: boolean): Promise<unknown> {
    if (this.#closed) throw closed(this.#place.shown);
    const deadline = performance.now() + this.#times.commandMs;
    let command = args;
    for (;;) {
      const client = this.#client?.isReady === true ? this.#client : await this.#again(deadline);
      try {
        return await this.#answer(client, command, deadline);
      } catch (error) {
        if (source !== undefined && isUnknownScript(error)) {
          command = ["EVAL", source, ...args.slice(2)];
        } else if (performance.now() < deadline && mayBeSentAgain(error, reads)) {
          await sleep(RETRY_MS);
        } else if (error instanceof DisconnectsClientError) {
          // Given up, with the connection, because another call was not answered.
          throw noAnswer(this.#place.shown, this.#times.commandMs, error);
        } else {
          throw asStoreError(await this.#cause(error), this.#place.shown);
        }
      }
    }
  }

  /** Who cuts a connection may say why to the next one: that the password is another by now, for instance. */
  async #cause(error: unknown): Promise<unknown> {
    if (!isLost(error) || this.#closed) return error;
    return this.#connect().then(
      () => error,
      (refusal: unknown) => (refusal instanceof ErrorReply && !isNotReady(refusal) ? refusal : error),
    );
  }

  #answer(client: Client, args: readonly Argument[], deadline: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        // What comes later would only hold up what is asked next; on a connection that is dead nothing ever comes.
        this.#lostAt ??= performance.now() - this.#times.commandMs;
        client.destroy();
        reject(noAnswer(this.#place.shown, this.#times.commandMs));
      };
      const left = Math.max(1, deadline - performance.now());
      // Where this process itself was busy all the time, the answer may lie there unread: it gets a last moment.
      let timer = setTimeout(() => (timer = setTimeout(giveUp, left / 10)), left * 0.9);
      client
        .sendCommand<unknown>(args)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  /**
   * A connection in place of the lost one. Tried until the deadline, but where there has been none for that long already,
   * only once.
   */
  async #again(deadline: number): Promise<Client> {
    this.#lostAt ??= performance.now();
    const end = Math.min(deadline, this.#lostAt + this.#times.commandMs);
    for (;;) {
      try {
        return await this.#connect();
      } catch (error) {
        const final = error instanceof FinAgentError || (error instanceof ErrorReply && !isNotReady(error));
        if (final || isGibberish(error) || performance.now() + RETRY_MS > end) {
          throw asStoreError(error, this.#place.shown);
        }
        await sleep(RETRY_MS);
      }
    }
  }

  /** All calls wait for one attempt. */
  #connect(): Promise<Client> {
    this.#connecting ??= this.#attempt().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #attempt(): Promise<Client> {
    const client = await connect(this.#place, this.#times.connectMs);
    if (this.#closed) {
      client.destroy();
      throw closed(this.#place.shown);
    }
    this.#lostAt = undefined;
    client.on("end", () => (this.#lostAt ??= performance.now()));
    return (this.#client = client);
  }
}

function newClient({ host, port, tls, database, username, password }: RedisPlace, connectMs: number) {
  const socket = { host, port, connectTimeout: connectMs, reconnectStrategy: false as const };
  return createClient({
    // The second version asks for no command in the handshake that a user may lack.
    RESP: 2,
    socket: tls ? { ...socket, tls } : socket,
    database,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: "disabled",
    commandOptions: { timeout: 0, typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
}

function connect(place: RedisPlace, ms: number): Promise<Client> {
  const client = newClient(place, ms);
  client.unref();
  let reached = false;
  client.on("connect", () => (reached = true));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      client.destroy();
      reject(reached ? noAnswer(place.shown, ms) : unreachable(place.shown, `no answer within ${ms} ms`));
    }, ms);
    client.on("error", (error: unknown) => {
      // What does not speak the protocol would be heard again and again.
      if (!isGibberish(error)) return;
      reject(error instanceof Error ? error : new Error(String(error)));
      client.destroy();
    });
    client
      .connect()
      // Whoever listens there may not be a Redis.
      .then(() => client.sendCommand(["PING"]))
      .then(() => resolve(client), reject)
      .finally(() => clearTimeout(timer));
  });
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith("NOSCRIPT");
}

function mayBeSentAgain(error: unknown, reads: boolean): boolean {
  // Nothing was done, or not even sent.
  if (isNotReady(error) || error instanceof ClientClosedError || error instanceof ClientOfflineError)
    return true;
  return reads && isLost(error);
}

/** The connection ended before the answer came: what was asked for may have been done. */
function isLost(error: unknown): boolean {
  return !(error instanceof ErrorReply) && !(error instanceof FinAgentError);
}

function closed(place: string): FinAgentError {
  return new FinAgentError("STORE_UNREACHABLE", `The connection to Redis at ${place} has been closed.`, {
    hint: "Open it again.",
  });
}
