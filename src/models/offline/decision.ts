export interface ToolRequest {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What the model says next: tools to call side by side, or a final text. */
export type Decision =
  | { readonly kind: "calls"; readonly calls: readonly ToolRequest[] }
  | { readonly kind: "answer" | "question" | "failure"; readonly text: string };
