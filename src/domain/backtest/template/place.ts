/** `["long", "all", 0]` as `long.all[0]`. */
export function place(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text === "" ? "template" : text.replace(/^\./, "");
}
