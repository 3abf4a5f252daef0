import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";

/** Lets through what carries `Authorization: Bearer TOKEN`; the comparison takes the same time for every wrong token. */
export function tokenGuard(token: string): MiddlewareHandler {
  // Digests, as the comparison wants equal lengths and must not tell the token's.
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const expected = digest(token);
  return async (c, next) => {
    const given = /^Bearer +(.*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), expected)) {
      c.header("WWW-Authenticate", "Bearer");
      const message = given === undefined ? "The bearer token is missing." : "The bearer token is wrong.";
      throw new HTTPException(401, { message });
    }
    await next();
  };
}
