import { inline } from "../format.ts";
import type { ToolError } from "../tool-outcome.ts";

/** A failure in words: what went wrong, its code, and what to do next. */
export function errorText({ code, message, hint }: ToolError): string {
  const next = hint === undefined ? "" : ` ${inline(hint)}`;
  return `${inline(message)}${next} (${code})`;
}

/** The heading of an answer that has no data to stand on. */
export function failureHeadline({ code }: ToolError): string {
  switch (code) {
    case "UNKNOWN_SYMBOL":
      return "# The data source does not know this symbol";
    case "EMPTY_WINDOW":
      return "# There are no prices in this period";
    case "FUTURE_DATE":
      return "# This period lies in the future";
    case "DATA_INVALID":
      return "# The data is not sound, so nothing was computed from it";
    case "DATA_UNREADABLE":
      return "# The data could not be read";
    case "DATA_INSUFFICIENT":
      return "# There is not enough data";
    default:
      return "# The request could not be carried out";
  }
}
