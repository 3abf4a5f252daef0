/** A place in a template, and what is wrong there. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
