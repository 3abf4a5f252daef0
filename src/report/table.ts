import { html, type Html, type Piece } from "./html.ts";

export interface TableColumn {
  readonly name: string;
  /** Numbers stand to the right. */
  readonly numeric?: boolean;
  /** Sentences, which wrap. */
  readonly prose?: boolean;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** The first cell of a row heads it. */
  readonly rows: readonly (readonly Piece[])[];
  /** What the reader must know about the rows, such as how many were left out. */
  readonly note?: string;
}

/** A real table; where it is wider than the screen it scrolls by itself, not the page. */
export function table({ caption, columns, rows, note }: Table): Html {
  const look = (i: number): string => {
    if (columns[i]?.numeric === true) return "number";
    return columns[i]?.prose === true ? "prose" : "text";
  };
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ name }, i) => html`<th scope="col" class="${look(i)}">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, i) =>
                  i === 0
                    ? html`<th scope="row" class="${look(i)}">${cell}</th>`
                    : html`<td class="${look(i)}">${cell}</td>`,
                )}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
    ${note === undefined ? null : html`<p class="note">${note}</p>`}`;
}

/** Evenly spaced rows of a long table, with the first and the last, and a note that says so. */
export function thinRows<T>(rows: readonly T[], most: number): { rows: T[]; note?: string } {
  if (rows.length <= most) return { rows: [...rows] };
  const step = (rows.length - 1) / (most - 1);
  const kept = Array.from({ length: most }, (_, i) => rows[Math.round(i * step)]).filter(
    (row): row is T => row !== undefined,
  );
  return {
    rows: kept,
    note: `${most} of ${rows.length} rows, evenly spaced; all of them are in the JSON report (backtest.course).`,
  };
}
