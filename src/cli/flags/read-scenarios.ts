/** Reader of scenarios: names separated by commas, or one in numbers; the flag may be given several times. */
export function readScenarios(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...(text.includes("=") ? [text] : text.split(",").map((name) => name.trim()))];
}
