/** Rows of a simple table of comma-separated values, without quotes, by the names in its first line, in lower case. */
export function readTable(text: string): Readonly<Record<string, string>>[] {
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const names = head.split(",").map((name) => name.trim().toLowerCase());
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""]));
  });
}
