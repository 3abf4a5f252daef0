import { html, type Html } from "../html.ts";
import type { Sheet } from "../sheet.ts";

const LOOK = { "no evidence": "bad", weak: "weak", "holds up": "good" } as const;

/** What the backtest proves, with the numbers, and what a reader must know: before any picture. */
export function verdict({
  verdict: { conclusion, reasons },
  backtest: { flags },
}: Pick<Sheet, "verdict"> & { readonly backtest: Pick<Sheet["backtest"], "flags"> }): Html {
  return html`<section id="verdict" class="verdict ${LOOK[conclusion]}">
    <h2>Verdict</h2>
    <p class="conclusion">${capital(conclusion)}</p>
    <ul>
      ${reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
    ${
      flags.length === 0
        ? null
        : html`<p>What a reader must know:</p>
            <ul>
              ${flags.map((flag) => html`<li>${flag}</li>`)}
            </ul>`
    }
  </section> `;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
