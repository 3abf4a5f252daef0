/** Things that look like a key, wherever they come from: a server's answer, a quoted line of a settings file. */
const KEY_LIKE = [
  /\bsk-[\w-]{6,}/g,
  /(?<=\bBearer\s+)[\w.~+/=-]{6,}/gi,
  /(?<=\b(?:api_?key|api_?token|password|secret)["']?\s*[:=]\s*["']?)[^\s"',}]{4,}/gi,
];

/** Hides the given secrets, and whatever looks like one. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 4);
  const hidden = known.reduce((so, secret) => so.replaceAll(secret, "[hidden]"), text);
  return KEY_LIKE.reduce((so, pattern) => so.replace(pattern, "[hidden]"), hidden);
}

/** The same for every text inside a value that goes out as JSON. */
export function redactTexts(value: unknown, secrets: readonly string[]): unknown {
  const document = JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === "string" ? redact(inner, secrets) : inner,
  );
  return JSON.parse(document);
}
