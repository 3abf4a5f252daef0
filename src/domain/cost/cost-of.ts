import type { Price } from "./price.ts";

/** Tokens of one call, as its endpoint counted them. */
export interface CallTokens {
  /** All that were read, the cached ones among them. */
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
}

/** What tokens cost, in USD. */
export function costOf(
  { inputPerMillion, outputPerMillion, cachedInputPerMillion = inputPerMillion }: Price,
  { input, cachedInput, output }: CallTokens,
): number {
  const fresh = Math.max(0, input - cachedInput);
  return roundUsd(
    (fresh * inputPerMillion + cachedInput * cachedInputPerMillion + output * outputPerMillion) / 1e6,
  );
}

/**
 * The most that one attempt at a call can cost, in USD: a token stands for at least one byte of what is sent, whose JSON
 * also outweighs the few tokens that separate messages, and no more is written than the request allows.
 * @param bytes of the request's body in UTF-8: messages, tool schemas and the form of the answer
 * @param maxOutputTokens that the request allows
 */
export function mostOf(
  price: Price,
  { bytes, maxOutputTokens }: { readonly bytes: number; readonly maxOutputTokens: number },
): number {
  return costOf(price, { input: bytes, cachedInput: 0, output: maxOutputTokens });
}

/** Sums of many small amounts come out the same in any order. */
export function roundUsd(usd: number): number {
  return Number(usd.toFixed(12));
}
