/**
 * What LangChain's summarisation middleware asks of a model (and what its prompts have in common): the history,
 * printed as "Human: …", "AI: …", "Tool: …", between instructions.
 */
const ASKS =
  /\bmessages to summari[sz]e\b|<messages>|\bsummari[sz]e\b[^.]*\b(?:conversation|history|messages)\b/i;
const ENTRY = /^(Human|AI|Tool|System|Developer|Function|[a-z_]+): ?/;

const REQUESTS = "Requests so far:";
const CONCLUSIONS = "Conclusions so far:";

export function asksForSummary(prompt: string): boolean {
  return ASKS.test(prompt) && /^Human: /m.test(prompt);
}

/** The requests word for word, so that follow-ups can still refer to them, and the heading of each answer. */
export function summarise(prompt: string): string {
  const requests: string[] = [];
  const conclusions: string[] = [];
  for (const { who, text } of entries(prompt)) {
    if (who === "Human") {
      const earlier = requestsInSummary(text);
      requests.push(...(earlier.length > 0 ? earlier : [text.replaceAll(/\s+/g, " ").trim()]));
      conclusions.push(...listed(text, CONCLUSIONS));
    } else if (who === "AI") {
      const heading = /^#+ (.+)$/m.exec(text)?.[1];
      if (heading !== undefined) conclusions.push(heading.trim());
    }
  }
  return [REQUESTS, ...bullets(requests), CONCLUSIONS, ...bullets(conclusions)].join("\n");
}

/** The requests that a summary of this model carries on; none where the text is no such summary. */
export function requestsInSummary(text: string): string[] {
  return listed(text, REQUESTS);
}

function listed(text: string, heading: string): string[] {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.trim() === heading);
  if (at < 0) return [];
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => !line.startsWith("- "));
  return rest.slice(0, end < 0 ? rest.length : end).map((line) => line.slice(2));
}

function bullets(items: readonly string[]): string[] {
  return items.filter((item) => item !== "").map((item) => `- ${item}`);
}

function* entries(prompt: string): Generator<{ who: string; text: string }> {
  let who = "";
  let lines: string[] = [];
  for (const line of prompt.split("\n")) {
    const start = ENTRY.exec(line);
    if (start === null) {
      if (line.startsWith("</messages>")) break;
      lines.push(line);
      continue;
    }
    if (who !== "") yield { who, text: lines.join("\n") };
    who = start[1] ?? "";
    lines = [line.slice(start[0].length)];
  }
  if (who !== "") yield { who, text: lines.join("\n") };
}
