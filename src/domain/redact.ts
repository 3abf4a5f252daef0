/** Stands for what is hidden. */
const HIDDEN = "[hidden]";

/** Things that look like a key, wherever they come from: a server's answer, a quoted line of a settings file. */
const KEY_LIKE = [
  /\bsk-[\w-]{6,}/g,
  /(?<=\bBearer\s+)[\w.~+/=-]{6,}/gi,
  /(?<=\b(?:api_?key|api_?token|password|secret)\\?["']?\s*[:=]\s*\\?["']?)[^\s"'\\,}]{4,}/gi,
  // A password inside a URL.
  /(?<=:\/\/[^\s:@/"\\]{0,100}:)[^\s@/"\\]{3,}(?=@)/g,
  // JSON web tokens, keys of GitHub, Slack, Google, AWS and Alpaca, and Alpaca's secrets.
  /\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?/g,
  /\b(?:gh[oprsu]_|github_pat_|xox[abprs]-|AIza)[\w-]{16,}/g,
  /\b(?:AKIA|ASIA|PK|AK|CK)[A-Z0-9]{16,24}\b/g,
  /\b(?=[a-zA-Z]*\d)(?=[A-Z\d]*[a-z])(?=[a-z\d]*[A-Z])[A-Za-z0-9]{40}\b/g,
];

/** Whether any of them may match: most texts of a report are dates and names. */
const SUSPECT =
  /sk-|bearer|key|token|password|secret|:\/\/|eyJ|gh[oprsu]_|github_pat|xox|AIza|[A-Z0-9]{18}|[A-Za-z0-9]{40}/i;

/** Looking for long runs of letters takes its time, and half the texts of a long report are these. */
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The name of a field that holds a key, as it is or as a part of a longer one. */
const NAME_OF_KEY =
  /api_?key|(?:^|_)key_?id$|secret|password|passphrase|authorization|credential|(?:^|_|[a-z])token$/i;

/** Hides the given secrets, and whatever looks like one. */
export function redact(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 4);
  const hidden = known.reduce((so, secret) => so.replaceAll(secret, HIDDEN), text);
  return KEY_LIKE.reduce((so, pattern) => so.replace(pattern, HIDDEN), hidden);
}

/**
 * The same for every text inside a value that goes out as JSON, for the names of its fields, and for whatever stands
 * under the name of a key.
 */
export function redactTexts(value: unknown, secrets: readonly string[]): unknown {
  return JSON.parse(redactedJson(value, secrets));
}

/** A value as JSON, so redacted. */
export function redactedJson(value: unknown, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 4);
  const suspect = (text: string): boolean =>
    known.some((secret) => text.includes(secret)) || (!TIME.test(text) && SUSPECT.test(text));
  const safe = (text: string): string => (suspect(text) ? redact(text, known) : text);
  if (isClean(value, safe)) return JSON.stringify(value);
  return JSON.stringify(value, (name, inner: unknown) => {
    if (NAME_OF_KEY.test(name) && isTelling(inner)) return HIDDEN;
    if (typeof inner === "string") return safe(inner);
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([one, held]) => [safe(one), held]));
  });
}

/** Whether nothing in a value is to be hidden. Most reports are so, and a replacer makes writing them ten times slower. */
function isClean(value: unknown, safe: (text: string) => string): boolean {
  const names = new Map<string, boolean>();
  const hides = (name: string): boolean => {
    let known = names.get(name);
    if (known === undefined) names.set(name, (known = NAME_OF_KEY.test(name) || safe(name) !== name));
    return known;
  };
  const clean = (inner: unknown): boolean => {
    if (typeof inner === "string") return safe(inner) === inner;
    if (typeof inner !== "object" || inner === null) return true;
    if (Array.isArray(inner)) return inner.every(clean);
    if ("toJSON" in inner) return false;
    return Object.entries(inner).every(([name, held]) => !hides(name) && clean(held));
  };
  return clean(value);
}

/** Whether a value under the name of a key could be one. */
function isTelling(value: unknown): boolean {
  return value !== "" && value !== null && typeof value !== "boolean";
}
