import { html, type Html, raw } from "./html.ts";
import { STYLES } from "./styles.ts";

export interface Page {
  readonly title: string;
  /** Under the title: what, of what, when. */
  readonly lead: string;
  /** What must not be missed, such as SIMULATED. */
  readonly badges?: readonly string[];
  readonly body: Html;
  readonly foot: Html | string;
}

/** A whole document that needs nothing from anywhere: no network, no script, no font. */
export function page({ title, lead, badges = [], body, foot }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="FinAgent" />
        <title>${title}</title>
        <style>
          ${raw(STYLES)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <p class="lead">${badges.map((badge) => html`<strong class="badge">${badge}</strong>`)}${lead}</p>
        </header>
        <main>${body}</main>
        <footer>${foot}</footer>
      </body>
    </html> `.html.replaceAll(/\n\s+/g, "\n");
}

/** A part of the page under a heading. */
export function section(id: string, heading: string, content: Html): Html {
  return html`<section id="${id}">
    <h2>${heading}</h2>
    ${content}
  </section> `;
}
