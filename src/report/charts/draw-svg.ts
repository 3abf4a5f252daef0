import type { EChartsOption } from "echarts";
import { init } from "echarts/dist/echarts.esm.min.mjs";
import { escapeHtml } from "../html.ts";
import { withCssColours } from "./colour.ts";

/** In CSS pixels at which the text has its own size; the picture scales with the page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a reader hears who cannot see the picture. */
export interface Wording {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export const FONT_SIZE = 12;

/**
 * Draws a chart as an SVG element without a DOM. Colours are CSS variables (see colour.ts), the font is the
 * page's, and nothing moves. The same option gives the same bytes.
 */
export function drawSvg(option: EChartsOption, size: Size, { id, title, description }: Wording): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  chart.setOption({
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: "sans-serif", fontSize: FONT_SIZE },
    ...option,
  });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  const head = `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-desc">${escapeHtml(description)}</desc>`;
  return head + withCssColours(slim(drawn, id)) + "</svg>";
}

/** What the library adds for pointers and for other pages goes; ids become the page's own. */
function slim(drawn: string, id: string): string {
  return drawn
    .replace(/^<svg[^>]*>\s*<rect[^>]*><\/rect>/, "")
    .replace(/<style[^>]*>[^]*?<\/style>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replaceAll(
      / (?:class="zr\d+-cls-\d+"|pointer-events="[a-z]+"|ecmeta_\w+="[^"]*"|xml:space="preserve")/g,
      "",
    )
    .replaceAll(/\bzr\d+-/g, `${id}-`)
    .replaceAll(/font: ?normal normal (\d+px) sans-serif/g, "font-size:$1")
    .replaceAll(/font-family:sans-serif;?/g, "")
    .replaceAll(
      / (d|x|y|width|height)="([^"]*)"/g,
      (_, name: string, value: string) => ` ${name}="${shorten(value)}"`,
    )
    .replaceAll(/><\/(?:path|rect|circle)>/g, "/>")
    .replaceAll(/>\s+</g, "><");
}

/** Coordinates to a tenth of a pixel. */
function shorten(value: string): string {
  return value.replaceAll(/-?\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))));
}
