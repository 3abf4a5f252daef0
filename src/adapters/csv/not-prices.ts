import { FinAgentError } from "../../domain/errors.ts";
import { fieldOf } from "./fields.ts";

const TIMES = new Set(["unix", "datetime", "date", "time"]);
const CLOSES = new Set(["close", "adjustedClose"]);

/** Why the beginning of a file shows no prices: DATA_INVALID that says what its header lacks. */
export function notPrices(file: string, head: string): FinAgentError {
  if (!isText(head)) {
    return new FinAgentError("DATA_INVALID", `${file} is no text in UTF-8.`, {
      hint: "Save it as CSV in UTF-8 (a spreadsheet or an archive must be exported first), or remove it.",
      details: { file },
    });
  }
  const header = head.slice(0, head.search(/[\r\n]|$/)).slice(0, 120);
  return new FinAgentError(
    "DATA_INVALID",
    `${file} line 1: no price layout in "${header}"${lackOf(header)}.`,
    {
      hint: "The header needs a date (or datetime, timestamp) and a close; open, high, low, volume, adj_close, dividend and split are read where they are there.",
      details: { file, line: 1, text: header },
    },
  );
}

/** Where it holds one of the two columns that are needed, which is missing. */
function lackOf(header: string): string {
  const fields = header.split(/[,;\t]/).map((cell) => fieldOf(cell) ?? "");
  const [timed, closed] = [TIMES, CLOSES].map((names) => fields.some((field) => names.has(field)));
  if (timed === closed) return "";
  return timed === true ? ": it has no close" : ": it has no date";
}

/** Zeros, and bytes that fit nothing in UTF-8 and are read as U+FFFD, stand in no CSV file. */
export function isText(head: string): boolean {
  const start = head.slice(0, 1000);
  return !start.includes("\0") && !start.includes("\uFFFD");
}
