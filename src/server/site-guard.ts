import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { hostOf, isLoopback } from "./loopback.ts";

/**
 * A server on loopback is in reach of every page that the person's browser has open. A page under a name that
 * was re-pointed to 127.0.0.1 (DNS rebinding) gives itself away by the Host header, a page of another site by Origin.
 */
export const siteGuard: MiddlewareHandler = async (c, next) => {
  const hosts = [new URL(c.req.url).host, c.req.header("host"), c.req.header("origin")];
  for (const host of hosts) {
    if (host !== undefined && !isLoopback(hostOf(host) ?? "")) {
      throw new HTTPException(403, {
        message: `The request names ${JSON.stringify(host)}, but this server answers on loopback only.`,
      });
    }
  }
  await next();
};
