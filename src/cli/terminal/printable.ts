import { stripVTControlCharacters } from "node:util";

/** Every control character but tab and line feed. */
const CONTROL = /[^\P{Control}\n\t]/gu;

/**
 * Text from a model, a file or a server, made safe to show: no escape sequence in it can move the cursor,
 * recolour or retitle the terminal.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROL, "").replaceAll("\t", "  ");
}
