import type { OpenAPIHono } from "@hono/zod-openapi";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type PathItem = NonNullable<Document["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;
type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
section { border-top: 1px solid #8888; padding: 0.5rem 0 1rem; }
h2 { font: 600 1.1rem ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem; background: #8882; }
td { padding: 0.1rem 1rem 0.1rem 0; vertical-align: top; }
`;

/** A page that lists the operations of an OpenAPI document. It loads nothing and runs no script. */
export function docsPage(document: Document): Html {
  const sections = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post"] as const).flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [section(`${method.toUpperCase()} ${path}`, operation)];
    }),
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title} ${document.info.version}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <h1>${document.info.title} ${document.info.version}</h1>
        <p>${document.info.description}</p>
        <p>Machines read <a href="/openapi.json">/openapi.json</a>.</p>
        ${sections}
      </body>
    </html>`;
}

function section(title: string, operation: Operation): Html {
  const rows = Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const { description } = response as { readonly description: string };
    return html`<tr>
      <td>${status}</td>
      <td>${description}</td>
    </tr>`;
  });
  return html`<section id="${operation.operationId}">
    <h2>${title}</h2>
    <p>${operation.summary} ${operation.description ?? ""}</p>
    ${body(operation)}
    <table>
      ${rows}
    </table>
  </section>`;
}

function body(operation: Operation): Html | string {
  if (operation.requestBody === undefined) return "";
  const { content } = operation.requestBody as { readonly content: Record<string, { schema?: unknown }> };
  return html`<details>
    <summary>Request body (JSON schema)</summary>
    <pre>${JSON.stringify(content["application/json"]?.schema, null, 2)}</pre>
  </details>`;
}
