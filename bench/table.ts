/** What a case found, as it is printed: a table with a sentence on what was compared. */
export interface Table {
  readonly title: string;
  readonly about: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Markdown, with columns of one width so that it reads in a terminal too. */
export function renderTable({ title, about, header, rows }: Table): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)));
  const render = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [`### ${title}`, "", about, "", render(header), rule, ...rows.map(render), ""].join("\n");
}

export function inMs(ms: number): string {
  return ms >= 1000
    ? `${(ms / 1000).toFixed(2)} s`
    : ms >= 100
      ? `${ms.toFixed(0)} ms`
      : `${ms.toFixed(1)} ms`;
}

export function times(ratio: number): string {
  return `${ratio >= 100 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2)}×`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
