import { type Colour, cssColour } from "./charts/colour.ts";
import type { Size } from "./charts/draw-svg.ts";
import { html, type Html, raw } from "./html.ts";
import { table, type Table } from "./table.ts";

/** Each chart is drawn twice, since text that is legible on a desk is not on a phone. */
const WIDE = 1080;
const HALF = 530;
const NARROW = 380;

export interface Figure {
  /** Unique on the page; letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** In one or two sentences, what is shown and how it was computed. */
  readonly caption: string;
  readonly legend?: readonly { readonly name: string; readonly colour: Colour }[];
  /** The SVG element at a size under an id. */
  readonly draw: (size: Size, id: string) => string;
  /** Beside another chart on a wide screen. */
  readonly half?: boolean;
  /** In pixels. */
  readonly height: number;
  readonly narrowHeight?: number;
  /** The figures behind the chart. */
  readonly tables: readonly Table[];
}

/** A chart with its title, what it shows, its legend, and the figures behind it. */
export function figure(figure: Figure): Html {
  const { id, title, caption, legend = [], draw, half = false, height, tables } = figure;
  const narrow: Size = { width: NARROW, height: figure.narrowHeight ?? height };
  return html`<div class="chart" id="${id}">
    <figure>
      <figcaption>
        <h3>${title}</h3>
        <p>${caption}</p>
      </figcaption>
      ${
        legend.length === 0
          ? null
          : html`<ul class="legend">
              ${legend.map(key)}
            </ul>`
      }
      <div class="wide">${raw(draw({ width: half ? HALF : WIDE, height }, `${id}-wide`))}</div>
      <div class="narrow">${raw(draw(narrow, `${id}-narrow`))}</div>
    </figure>
    ${
      tables.length === 0
        ? null
        : html`<details>
            <summary>The figures behind this chart</summary>
            ${tables.map(table)}
          </details>`
    }
  </div> `;
}

function key({ name, colour }: { name: string; colour: Colour }): Html {
  return html`<li><i style="background:${cssColour(colour)}"></i>${name}</li>`;
}
